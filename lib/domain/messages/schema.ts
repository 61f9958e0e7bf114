import { z } from 'zod';
import { attachmentSchema } from '@/lib/domain/attachments/schema';
import { reactionSchema } from '@/lib/domain/reactions/schema';
import { senderSchema } from '@/lib/domain/users/schema';
import { because } from '@/lib/platform/errors/schema';
import { limits } from '@/lib/platform/limits/schema';
import { counterSchema, limitSchema } from '@/lib/platform/paging/schema';
import { showsSomething } from '@/lib/platform/text/visible';
import { clientMessageIdSchema, contentSchema, idSchema, isStorable, timeSchema } from '@/lib/platform/validation/schema';

export const messageTypeSchema = z.enum(['text', 'image', 'file', 'audio', 'video', 'system']);
export type MessageType = z.infer<typeof messageTypeSchema>;

/** The target of a reply in its present state. */
export const quoteSchema = z.object({
  id: idSchema,
  seq: z.int(),
  type: messageTypeSchema,
  content: z.string(),
  sender: senderSchema,
  deletedAt: timeSchema.nullable(),
  /** the names of the attachments, in their order: a message without text is shown by them */
  files: z.array(z.string()),
});
export type Quote = z.infer<typeof quoteSchema>;

export const messageSchema = z.object({
  id: idSchema,
  conversationId: idSchema,
  seq: z.int(),
  rev: z.int(),
  sender: senderSchema,
  clientMessageId: z.string(),
  type: messageTypeSchema,
  content: z.string(),
  metadata: z.record(z.string(), z.unknown()).nullable(),
  mentions: z.array(idSchema),
  attachments: z.array(attachmentSchema),
  replyTo: quoteSchema.nullable(),
  reactions: z.array(reactionSchema),
  /** both null unless it is pinned */
  pinnedAt: timeSchema.nullable(),
  pinnedBy: senderSchema.nullable(),
  createdAt: timeSchema,
  editedAt: timeSchema.nullable(),
  deletedAt: timeSchema.nullable(),
});
export type Message = z.infer<typeof messageSchema>;

/** A message as events carry it: the same for everybody, so no reaction is `mine`. */
export const sharedMessageSchema = messageSchema.extend({ reactions: z.array(reactionSchema.omit({ mine: true })) });

/** The metadata of a system message. */
export const systemMetadataSchema = z.object({
  action: z.enum(['created', 'joined', 'left', 'added', 'removed', 'renamed', 'role', 'pinned']),
  actorId: idSchema,
  userIds: z.array(idSchema).optional(),
  /** the names of those people by their id; added when it is read, not stored */
  names: z.record(z.string(), z.string()).optional(),
  /** the total number of people, where userIds has only the first ones */
  count: z.int().optional(),
  name: z.string().optional(),
  /** the message that was pinned */
  messageId: idSchema.optional(),
});
export type SystemMetadata = z.infer<typeof systemMetadataSchema>;
export type SystemAction = SystemMetadata['action'];

const metadataSchema = z.record(z.string(), z.unknown()).superRefine((value, context) => {
  const json = storableJson(value);
  if (json === null) context.addIssue({ code: 'custom', message: 'Cannot be stored.' });
  else if (new TextEncoder().encode(json).length > limits().metadata)
    context.addIssue({ code: 'custom', message: `At most ${limits().metadata} bytes.` });
});

/** The value as JSON; null when a key or text in it cannot be stored, or when it is nested too deeply. */
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
  // Blanks beside an attachment count as no text, so that previews describe the attachment.
  content: contentSchema.transform((text) => (showsSomething(text) ? text : '')).default(''),
  clientMessageId: clientMessageIdSchema.optional(),
  replyToId: idSchema.nullish(),
  attachmentIds: z
    .array(idSchema)
    .refine((ids) => ids.length <= limits().attachments, because('TOO_MANY_ATTACHMENTS', 'Too many attachments.'))
    .transform((ids) => [...new Set(ids)])
    .default([]),
  metadata: metadataSchema.nullish(),
});

const saysSomething = (input: { content: string; attachmentIds: string[] }) =>
  input.content !== '' || input.attachmentIds.length > 0;
const emptyMessage = { path: ['content'], ...because('EMPTY', 'Must not be empty.') };

export const sendMessageSchema = sendFields.refine(saysSomething, emptyMessage);
export type SendMessageInput = z.output<typeof sendMessageSchema>;

/** A message is found by its id. If the conversation is named too, as in a path, the message must be in it. */
export const byMessageSchema = z.object({ messageId: idSchema, conversationId: idSchema.optional() });

export const editMessageSchema = z.object({
  content: contentSchema.refine(showsSomething, because('EMPTY', 'Must not be empty.')),
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
export const messagePageSchema = z.object({
  messages: z.array(messageSchema),
  /** the cursor of older messages (as `before`); null at that end */
  prevCursor: idSchema.nullable(),
  /** the cursor of newer messages (as `after`); null at that end */
  nextCursor: idSchema.nullable(),
  /** there is more in the requested direction */
  hasMore: z.boolean(),
});
export type MessagePage = z.infer<typeof messagePageSchema>;

export const messageAnswerSchema = z.object({ message: messageSchema });

/** The sender's answer about a stored message. */
export const sendAckSchema = z.object({
  clientMessageId: z.string(),
  messageId: idSchema,
  seq: z.int(),
  rev: z.int(),
  createdAt: timeSchema,
  status: z.literal('sent'),
});
export type SendAck = z.infer<typeof sendAckSchema>;
