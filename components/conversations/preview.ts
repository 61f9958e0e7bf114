import type { Conversation } from '@/lib/conversations/schema';
import type { Message } from '@/lib/messages/schema';

/** The last message as one line of plain text: 'You: sounds good'. */
export function previewOf(conversation: Conversation, readerId: string): string {
  const message = conversation.lastMessage;
  if (!message) return conversation.kind === 'group' ? conversation.description || 'No messages yet' : 'Say hello';
  const text = textOf(message);
  if (message.sender.id === readerId) return `You: ${text}`;
  return conversation.kind === 'group' ? `${firstName(message.sender.name)}: ${text}` : text;
}

function textOf(message: Message): string {
  if (message.deletedAt) return 'Message deleted';
  if (message.content.trim() !== '') return plain(message.content);
  const [first, ...more] = message.attachments;
  if (!first) return '';
  if (more.length > 0) return `${more.length + 1} ${message.type === 'image' ? 'pictures' : 'files'}`;
  return message.type === 'image' ? 'Picture' : first.name;
}

/** Markdown without its marks, on one line. Only for reading: what it leaves is shown as text. */
export function plain(markdown: string): string {
  return markdown
    .slice(0, 400)
    .replace(/```\S*\n?/g, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s{0,3}(?:#{1,6}|>|[-*+])\s+/gm, '')
    .replace(/(\*\*|__|~~|`)(.+?)\1/g, '$2')
    .replace(/(^|\s)([*_])(\S(?:.*?\S)?)\2(?=\s|$)/g, '$1$3')
    .replace(/\s+/g, ' ')
    .trim();
}

export const firstName = (name: string) => name.split(/\s+/)[0] ?? name;
