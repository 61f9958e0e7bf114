import { z } from 'zod';
import { attachmentSchema } from '@/lib/domain/attachments/schema';
import { messageSchema } from '@/lib/domain/messages/schema';
import { userSchema } from '@/lib/domain/users/schema';
import { cursorSchema, limitSchema } from '@/lib/platform/paging/schema';
import { isDay } from '@/lib/platform/text/search/days';
import { hasValues, isValues } from '@/lib/platform/text/search/query';
import { idSchema, textSchema, timeSchema } from '@/lib/platform/validation/schema';

/** One value or several: an array, and in a query string also with commas between them. */
const severalOf = <Value extends z.ZodType>(value: Value) =>
  z.preprocess(
    (given) => (typeof given === 'string' ? valuesOf(given) : Array.isArray(given) ? given.flatMap(valuesOf) : given),
    z.array(value).max(10, 'At most 10.').default([]),
  );

const valuesOf = (given: unknown) => (typeof given === 'string' ? given.split(',').filter(Boolean) : [given]);

const daySchema = z.string().toLowerCase().refine(isDay, 'Expected YYYY-MM-DD, today or yesterday.');

/** The fields of a search beside its text; they equal the operators in the text. */
export const searchSchema = z.object({
  q: textSchema(() => 1_000).default(''),
  conversationId: idSchema.optional(),
  /** ids of people, or `me` */
  from: severalOf(z.literal('me').or(idSchema)),
  before: daySchema.optional(),
  after: daySchema.optional(),
  has: severalOf(z.enum(hasValues)),
  is: severalOf(z.enum(isValues)),
  /** the time zone of the days, an IANA name; an unknown one counts as UTC */
  tz: z.string().max(64).default('UTC'),
  sort: z.enum(['newest', 'best']).default('newest'),
  cursor: cursorSchema.optional(),
  limit: limitSchema(20, () => 50),
});
export type SearchInput = z.output<typeof searchSchema>;

/** The fields of a conversation that a result shows. A direct conversation has the other person's name. */
export const foundConversationSchema = z.object({
  id: idSchema,
  kind: z.enum(['direct', 'group']),
  name: z.string(),
  image: z.string().nullable(),
});
export type FoundConversation = z.infer<typeof foundConversationSchema>;

export const snippetSchema = z.array(z.object({ text: z.string(), hit: z.boolean() }));

export const searchAnswerSchema = z.object({
  results: z.array(z.object({ message: messageSchema, conversation: foundConversationSchema, snippet: snippetSchema })),
  nextCursor: z.string().nullable(),
  /** exact up to 1,000; beyond that a lower bound */
  count: z.object({ value: z.int(), exact: z.boolean() }),
  /** nothing was found, and this text, which differs by a letter, was searched instead */
  correctedTo: z.string().nullable(),
  /** later messages and changes may not be in the index yet; null when the index is up to date */
  indexedUntil: timeSchema.nullable(),
  /** earlier messages are not in the index yet, after an upgrade; null when all are */
  indexedSince: timeSchema.nullable(),
});
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;

export const progressAnswerSchema = z.object({
  /** the share of all messages, from 0 to 1 */
  indexed: z.number().min(0).max(1),
  /** as in answers of searches; null when all messages are indexed */
  indexedSince: timeSchema.nullable(),
});
export type ProgressAnswer = z.infer<typeof progressAnswerSchema>;

export const fileKindSchema = z.enum(['image', 'video', 'audio', 'file']);
export type FileKind = z.infer<typeof fileKindSchema>;

export const filesSchema = z.object({
  kind: fileKindSchema.optional(),
  cursor: cursorSchema.optional(),
  limit: limitSchema(50),
});
export type FilesInput = z.output<typeof filesSchema>;

export const filesAnswerSchema = z.object({
  files: z.array(z.object({ attachment: attachmentSchema, message: messageSchema })),
  nextCursor: z.string().nullable(),
});
export type FilesAnswer = z.infer<typeof filesAnswerSchema>;

export const linksSchema = z.object({ cursor: cursorSchema.optional(), limit: limitSchema(50) });
export type LinksInput = z.output<typeof linksSchema>;

export const linksAnswerSchema = z.object({
  links: z.array(z.object({ url: z.string(), message: messageSchema })),
  nextCursor: z.string().nullable(),
});
export type LinksAnswer = z.infer<typeof linksAnswerSchema>;

export const goSchema = z.object({ q: textSchema(() => 100).default(''), limit: limitSchema(10, () => 20) });
export type GoInput = z.output<typeof goSchema>;

/** The switcher's suggestions, best first. */
export const goAnswerSchema = z.object({
  people: z.array(userSchema),
  /** `joined`: the reader is in it; otherwise it is a public group */
  conversations: z.array(foundConversationSchema.extend({ joined: z.boolean() })),
});
export type GoAnswer = z.infer<typeof goAnswerSchema>;
