import { summaryOfMessage } from '@/components/messages/summary';
import type { Conversation } from '@/lib/conversations/schema';

/** The last message as one line of plain text: 'You: sounds good'. */
export function previewOf(conversation: Conversation, readerId: string): string {
  const message = conversation.lastMessage;
  if (!message) return conversation.kind === 'group' ? conversation.description || 'No messages yet' : 'Say hello';
  const text = summaryOfMessage(message);
  if (message.sender.id === readerId) return `You: ${text}`;
  return conversation.kind === 'group' ? `${firstName(message.sender.name)}: ${text}` : text;
}

export const firstName = (name: string) => name.split(/\s+/)[0] ?? name;
