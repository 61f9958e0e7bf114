import { z } from 'zod';

export interface Reaction {
  emoji: string;
  count: number;
  /** the first 20 */
  userIds: string[];
  /** whether the reader reacted so; only in answers to one reader */
  mine?: boolean;
}

const oneEmoji = /^(?:\p{RGI_Emoji})$/v;

/** Exactly one emoji, as the Unicode recommendation for interchange (RGI, UTS #51) defines it. */
export const emojiSchema = z.string().max(64).refine(isEmoji, 'Expected one emoji.');

function isEmoji(text: string): boolean {
  // A keyboard may leave out the presentation selector: ❤ stands for ❤️.
  return oneEmoji.test(text) || oneEmoji.test(`${text}\uFE0F`);
}
