import { summaryOfMessage } from '@/components/messages/summary';
import { conversationKinds } from '@/lib/domain/conversations/kinds';
import type { Conversation } from '@/lib/domain/conversations/schema';

/** The last message as one line of plain text, and who said it, where that is a question. */
export function previewOf(conversation: Conversation, readerId: string): { who: string | null; text: string } {
  const message = conversation.lastMessage;
  const { named, personal } = conversationKinds[conversation.kind];
  if (!message) return { who: null, text: named ? conversation.description || 'No messages yet' : 'Say hello' };
  const text = summaryOfMessage(message);
  if (message.sender.id === readerId) return { who: 'You', text };
  return { who: personal ? null : firstName(message.sender.name), text };
}

export const firstName = (name: string) => name.split(/\s+/)[0] ?? name;
