import { type Translator, useTranslations } from '@/client/intl/translations';
import { summaryOfMessage } from '@/components/messages/summary';
import { conversationKinds } from '@/lib/domain/conversations/kinds';
import type { Conversation } from '@/lib/domain/conversations/schema';

/** The translators for a preview. */
export interface PreviewWords {
  conversations: Translator<'conversations'>;
  messages: Translator<'messages'>;
}

export function usePreviewWords(): PreviewWords {
  return { conversations: useTranslations('conversations'), messages: useTranslations('messages') };
}

/** The last message as one line of plain text, with its author where that is not obvious. */
export function previewOf(
  conversation: Conversation,
  readerId: string,
  { conversations: t, messages }: PreviewWords,
): { who: string | null; text: string } {
  const message = conversation.lastMessage;
  const { named, personal } = conversationKinds[conversation.kind];
  if (!message) return { who: null, text: named ? conversation.description || t('noMessages') : t('sayHello') };
  const text = summaryOfMessage(message, messages);
  if (message.sender.id === readerId) return { who: t('you'), text };
  return { who: personal ? null : firstName(message.sender.name), text };
}

export const firstName = (name: string) => name.split(/\s+/)[0] ?? name;
