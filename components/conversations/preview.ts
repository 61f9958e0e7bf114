import { summaryOfMessage } from '@/components/messages/summary';
import type { Conversation } from '@/lib/domain/conversations/schema';

/** The last message as one line of plain text, and who said it, where that is a question. */
export function previewOf(conversation: Conversation, readerId: string): { who: string | null; text: string } {
  const message = conversation.lastMessage;
  if (!message)
    return { who: null, text: conversation.kind === 'group' ? conversation.description || 'No messages yet' : 'Say hello' };
  const text = summaryOfMessage(message);
  if (message.sender.id === readerId) return { who: 'You', text };
  return { who: conversation.kind === 'group' ? firstName(message.sender.name) : null, text };
}

export const firstName = (name: string) => name.split(/\s+/)[0] ?? name;
