import { z } from 'zod';
import { canonicalEmoji, isEmoji } from '@/lib/platform/text/emoji';

export interface Reaction {
  emoji: string;
  count: number;
  /** the first 20 */
  userIds: string[];
  /** whether the reader reacted so; only in answers to one reader */
  mine?: boolean;
}

/** Exactly one emoji, in its canonical form: a keyboard may leave out a selector, or add one, and ❤ and ❤️ are one reaction. */
export const emojiSchema = z.string().max(64).transform(canonicalEmoji).refine(isEmoji, 'Expected one emoji.');
