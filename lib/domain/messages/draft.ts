import { randomUUID } from 'node:crypto';
import { mentionedInEach } from '@/lib/domain/messages/mentions';
import type { SendMessageInput, SystemMetadata } from '@/lib/domain/messages/schema';
import { run } from '@/lib/platform/db/sql';

/** A message to be written, as its sender describes it. The writer checks whether the sender may. */
export interface Draft {
  conversationId: string;
  senderId: string;
  clientMessageId: string;
  /** a system message, which the conversation writes about itself */
  system: boolean;
  content: string;
  metadata: object | null;
  replyToId: string | null;
  attachmentIds: string[];
}

/** The values derived from a draft. */
export interface Derived {
  type: 'TEXT' | 'IMAGE' | 'FILE' | 'AUDIO' | 'VIDEO' | 'SYSTEM';
  /** user ids, in order */
  mentions: string[];
}

export function draftMessage(senderId: string, conversationId: string, input: SendMessageInput): Draft {
  return {
    conversationId,
    senderId,
    // Without an id of their own, retries store a second message.
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

/** Derives the values of drafts with one statement for all attachments and one for all mentions, and none when there are none. */
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

/** Image, audio or video when all attachments are of that kind; otherwise a file. */
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
