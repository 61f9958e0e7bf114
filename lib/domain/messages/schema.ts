import { z } from 'zod';
import type { Attachment } from '@/lib/domain/attachments/schema';
import type { Conversation } from '@/lib/domain/conversations/schema';
import type { Reaction } from '@/lib/domain/reactions/schema';
import type { Sender } from '@/lib/domain/users/schema';
import { limits } from '@/lib/platform/limits/schema';
import { counterSchema, limitSchema } from '@/lib/platform/paging/schema';
import { showsSomething } from '@/lib/platform/text/visible';
import { clientMessageIdSchema, contentSchema, idSchema, isStorable } from '@/lib/platform/validation/schema';

export type MessageType = 'text' | 'image' | 'file' | 'audio' | 'video' | 'system';

export interface Message {
  id: string;
  conversationId: string;
  seq: number;
  rev: number;
  sender: Sender;
  clientMessageId: string;
  type: MessageType;
  content: string;
  metadata: Record<string, unknown> | null;
  mentions: string[];
  attachments: Attachment[];
  replyTo: Quote | null;
  reactions: Reaction[];
  createdAt: string;
  editedAt: string | null;
  deletedAt: string | null;
}

/** The target of a reply as it is now. */
export type Quote = Pick<Message, 'id' | 'seq' | 'type' | 'content' | 'sender' | 'deletedAt'> & {
  /** the names of what is attached to it, in their order: a message without text is called by them */
  files: string[];
};

export function quoteOf({ id, seq, type, content, sender, deletedAt, attachments }: Message): Quote {
  return { id, seq, type, content, sender, deletedAt, files: attachments.map(({ name }) => name) };
}

export type SystemAction = 'created' | 'joined' | 'left' | 'added' | 'removed' | 'renamed' | 'role';

/** The metadata of a system message. */
export interface SystemMetadata {
  action: SystemAction;
  actorId: string;
  userIds?: string[];
  /** of those people, by their id; said when it is read, and not stored */
  names?: Record<string, string>;
  /** how many there were, where userIds names only the first ones */
  count?: number;
  name?: string;
}

const metadataSchema = z.record(z.string(), z.unknown()).superRefine((value, context) => {
  const json = storableJson(value);
  if (json === null) context.addIssue({ code: 'custom', message: 'Cannot be stored.' });
  else if (new TextEncoder().encode(json).length > limits().metadata)
    context.addIssue({ code: 'custom', message: `At most ${limits().metadata} bytes.` });
});

/** The value as JSON; null when a key or text in it cannot be stored, or it is nested deeper than can be walked. */
function storableJson(value: unknown): string | null {
  try {
    return JSON.stringify(value, (key, part: unknown) => {
      if (!isStorable(key) || (typeof part === 'string' && !isStorable(part))) throw new RangeError();
      return part;
    });
  } catch {
    return null;
  }
}

const sendFields = z.object({
  // Blanks beside an attachment are no text: a preview then says what is attached.
  content: contentSchema.transform((text) => (showsSomething(text) ? text : '')).default(''),
  clientMessageId: clientMessageIdSchema.optional(),
  replyToId: idSchema.nullish(),
  attachmentIds: z
    .array(idSchema)
    .refine((ids) => ids.length <= limits().attachments, 'Too many attachments.')
    .transform((ids) => [...new Set(ids)])
    .default([]),
  metadata: metadataSchema.nullish(),
});

const saysSomething = (input: { content: string; attachmentIds: string[] }) =>
  input.content !== '' || input.attachmentIds.length > 0;
const emptyMessage = { path: ['content'], message: 'Must not be empty.' };

/** The REST body. */
export const sendMessageSchema = sendFields.refine(saysSomething, emptyMessage);

/** The socket event, where the client's own id is needed for a retry to be one message. */
export const sendMessageEventSchema = sendFields
  .extend({ conversationId: idSchema, clientMessageId: clientMessageIdSchema })
  .refine(saysSomething, emptyMessage);

export type SendMessageInput = z.output<typeof sendMessageSchema>;

export const editMessageSchema = z.object({
  content: contentSchema.refine(showsSomething, 'Must not be empty.'),
});

export const historySchema = z
  .object({ before: idSchema.optional(), after: idSchema.optional(), around: idSchema.optional(), limit: limitSchema(50) })
  .refine((query) => [query.before, query.after, query.around].filter(Boolean).length <= 1, {
    path: ['before'],
    message: 'At most one of before, after and around.',
  });
export type HistoryQuery = z.output<typeof historySchema>;

export const changesSchema = z.object({
  since: counterSchema,
  limit: limitSchema(200, () => 1_000),
});

/** oldest first */
export interface MessagePage {
  messages: Message[];
  /** continues to older ones (as `before`); null at that end */
  prevCursor: string | null;
  /** continues to newer ones (as `after`); null at that end */
  nextCursor: string | null;
  /** there is more in the direction asked */
  hasMore: boolean;
}

export interface ChangesPage {
  messages: Message[];
  rev: number;
  more: boolean;
  reset: boolean;
  conversation: Conversation;
}

/** What the sender learns of a stored message. */
export interface SendAck {
  clientMessageId: string;
  messageId: string;
  seq: number;
  rev: number;
  createdAt: string;
  status: 'sent';
}
