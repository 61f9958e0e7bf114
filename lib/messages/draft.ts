import { randomUUID } from 'node:crypto';
import { run } from '@/lib/db/sql';
import { mentionedIn } from '@/lib/messages/mentions';
import type { SendMessageInput, SystemMetadata } from '@/lib/messages/schema';

/** A message that is about to be written. */
export interface Draft {
  conversationId: string;
  senderId: string;
  clientMessageId: string;
  type: 'TEXT' | 'IMAGE' | 'FILE' | 'AUDIO' | 'VIDEO' | 'SYSTEM';
  content: string;
  metadata: object | null;
  replyToId: string | null;
  attachmentIds: string[];
  mentions: string[];
}

/** Derives what the sender does not say. Whether they may say it, the writer judges. */
export async function draftMessage(
  senderId: string,
  conversationId: string,
  input: SendMessageInput & { clientMessageId: string },
): Promise<Draft> {
  return {
    conversationId,
    senderId,
    clientMessageId: input.clientMessageId,
    type: await typeOf(input.attachmentIds),
    content: input.content,
    metadata: input.metadata ?? null,
    replyToId: input.replyToId ?? null,
    attachmentIds: input.attachmentIds,
    mentions: await mentionedIn(input.content, conversationId, senderId),
  };
}

export function draftSystemMessage(conversationId: string, actorId: string, metadata: SystemMetadata): Draft {
  return {
    conversationId,
    senderId: actorId,
    clientMessageId: randomUUID(),
    type: 'SYSTEM',
    content: '',
    metadata,
    replyToId: null,
    attachmentIds: [],
    mentions: [],
  };
}

/** Image, audio or video when all of them are; else a file. */
async function typeOf(attachmentIds: string[]): Promise<Draft['type']> {
  if (attachmentIds.length === 0) return 'TEXT';
  const rows = await run<{ kind: string }>('message_attachment_kinds', kindsText, [attachmentIds]);
  const [only, another] = rows.map((row) => row.kind);
  return another === undefined && (only === 'IMAGE' || only === 'AUDIO' || only === 'VIDEO') ? only : 'FILE';
}

const kindsText = `SELECT DISTINCT upper(split_part("mimeType", '/', 1)) AS kind FROM "Attachment" WHERE id = ANY ($1::uuid[])`;
