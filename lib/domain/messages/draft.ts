import { randomUUID } from 'node:crypto';
import { mentionedInEach } from '@/lib/domain/messages/mentions';
import type { SendMessageInput, SystemMetadata } from '@/lib/domain/messages/schema';
import { run } from '@/lib/platform/db/sql';

/** A message that is about to be written, as far as its sender says. Whether they may say it, the writer judges. */
export interface Draft {
  conversationId: string;
  senderId: string;
  clientMessageId: string;
  /** what the conversation says of itself */
  system: boolean;
  content: string;
  metadata: object | null;
  replyToId: string | null;
  attachmentIds: string[];
}

/** What is derived from a draft. */
export interface Derived {
  type: 'TEXT' | 'IMAGE' | 'FILE' | 'AUDIO' | 'VIDEO' | 'SYSTEM';
  /** user ids, in order */
  mentions: string[];
}

export function draftMessage(senderId: string, conversationId: string, input: SendMessageInput): Draft {
  return {
    conversationId,
    senderId,
    // Without one of their own, senders who retry get another message.
    clientMessageId: input.clientMessageId ?? randomUUID(),
    system: false,
    content: input.content,
    metadata: input.metadata ?? null,
    replyToId: input.replyToId ?? null,
    attachmentIds: input.attachmentIds,
  };
}

export function draftSystemMessage(
  conversationId: string,
  actorId: string,
  metadata: SystemMetadata,
  clientMessageId: string,
): Draft {
  return {
    conversationId,
    senderId: actorId,
    clientMessageId,
    system: true,
    content: '',
    metadata,
    replyToId: null,
    attachmentIds: [],
  };
}

/** Looks up what is derived: one statement for all attachments, one for all mentions, and none where there are none. */
export async function derive(drafts: Draft[]): Promise<Derived[]> {
  const [kinds, mentions] = await Promise.all([
    kindsOf(drafts.flatMap((draft) => draft.attachmentIds)),
    mentionedInEach(
      drafts.map(({ content, conversationId, senderId, system }) => ({
        content: system ? '' : content,
        conversationId,
        authorId: senderId,
      })),
    ),
  ]);
  return drafts.map((draft, index) => ({ type: typeOf(draft, kinds), mentions: mentions[index] ?? [] }));
}

/** Image, audio or video when all of them are; else a file. */
function typeOf({ system, attachmentIds }: Draft, kinds: Map<string, string>): Derived['type'] {
  if (system) return 'SYSTEM';
  if (attachmentIds.length === 0) return 'TEXT';
  const [only, another] = new Set(attachmentIds.map((id) => kinds.get(id)));
  return another === undefined && (only === 'IMAGE' || only === 'AUDIO' || only === 'VIDEO') ? only : 'FILE';
}

async function kindsOf(attachmentIds: string[]): Promise<Map<string, string>> {
  if (attachmentIds.length === 0) return new Map();
  const rows = await run<{ id: string; kind: string }>('messages.attachment.kinds', kindsText, [attachmentIds]);
  return new Map(rows.map((row) => [row.id, row.kind]));
}

const kindsText = `SELECT id, upper(split_part("mimeType", '/', 1)) AS kind FROM "Attachment" WHERE id = ANY ($1::uuid[])`;
