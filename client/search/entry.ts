import type { Message } from '@/lib/domain/messages/schema';
import type { Sender } from '@/lib/domain/users/schema';
import { webLinkAt } from '@/lib/platform/text/links';

/** The fields of a message that are needed to search for it in the browser and to show it as a result. */
export interface SearchEntry {
  id: string;
  conversationId: string;
  rev: number;
  sender: Sender;
  content: string;
  /** names of the attachments */
  files: string[];
  /** values of `has:` that match it */
  has: string[];
  mentions: string[];
  createdAt: string;
}

/** @returns null for messages that are not searchable: deleted and system messages */
export function entryOf(message: Message): SearchEntry | null {
  if (message.deletedAt || message.type === 'system') return null;
  const { id, conversationId, rev, content, mentions, createdAt, attachments } = message;
  const { id: senderId, name, handle, image } = message.sender;
  return {
    id,
    conversationId,
    rev,
    sender: { id: senderId, name, handle, image },
    content,
    files: attachments.map((attachment) => attachment.name),
    has: kindsOf(message),
    mentions,
    createdAt,
  };
}

function kindsOf({ content, attachments, reactions }: Message): string[] {
  const media = attachments.map(({ mimeType }) => mimeType.split('/')[0] ?? '');
  return [
    ...(attachments.length > 0 ? ['file'] : []),
    ...['image', 'video', 'audio'].filter((kind) => media.includes(kind)),
    ...(hasLink(content) ? ['link'] : []),
    ...(reactions.length > 0 ? ['reaction'] : []),
  ];
}

function hasLink(content: string): boolean {
  for (const { index } of content.matchAll(/https?:\/\/|www\./gi)) if (webLinkAt(content, index)) return true;
  return false;
}
