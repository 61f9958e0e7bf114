import { type Translator, useTranslations } from '@/client/intl/translations';
import { ConversationFace } from '@/components/conversations/conversation-face';
import { isNotes, useTitleOf } from '@/components/conversations/title';
import { conversationKinds } from '@/lib/domain/conversations/kinds';
import type { Conversation } from '@/lib/domain/conversations/schema';

/** Above the first message: the purpose of the conversation. */
export function Beginning({ conversation }: { conversation: Conversation }) {
  const t = useTranslations('conversations');
  const title = useTitleOf()(conversation);
  return (
    <div className="flex flex-col items-start px-5 pt-10 pb-4">
      <ConversationFace conversation={conversation} size={40} ring="ring-bg" />
      <p className="mt-3 font-semibold text-lg">
        <bdi>{title}</bdi>
      </p>
      <p dir="auto" className="max-w-[60ch] text-muted">
        {explain(conversation, title, t)}
      </p>
    </div>
  );
}

function explain(conversation: Conversation, title: string, t: Translator<'conversations'>): string {
  if (isNotes(conversation)) return t('notesBegin');
  if (!conversationKinds[conversation.kind].named) return t('directBegins', { person: title });
  return conversation.description || t('groupBegins', { group: title });
}
