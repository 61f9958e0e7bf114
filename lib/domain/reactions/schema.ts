import { z } from 'zod';
import { canonicalEmoji, isEmoji } from '@/lib/platform/text/emoji';
import { idSchema } from '@/lib/platform/validation/schema';

export const reactionSchema = z.object({
  emoji: z.string(),
  count: z.int(),
  /** the first 20 */
  userIds: z.array(idSchema).max(20),
  /** whether the reader is among them; only in answers to one reader */
  mine: z.boolean().optional(),
});
export type Reaction = z.infer<typeof reactionSchema>;

/** Exactly one emoji in canonical form: keyboards add or leave out a variation selector, and ❤ and ❤️ are one reaction. */
export const emojiSchema = z.string().max(64).transform(canonicalEmoji).refine(isEmoji, 'Expected one emoji.');
