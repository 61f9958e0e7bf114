import data from 'emojibase-data/en/data.json';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emojiSchema } from '@/lib/domain/reactions/schema';
import { canonicalEmoji, isEmoji, isOnlyEmoji, offeredEmojiVersion } from '@/lib/platform/text/emoji';

interface Listed {
  emoji: string;
  text?: string;
  version: number;
  skins?: Listed[];
}

// Node knows the emoji of its own version of Unicode. Every supported Node knows those that are offered.
const known = Math.max(offeredEmojiVersion, Number(process.versions.unicode));
const listed = (data as Listed[])
  // Regional indicators have the property, but are not emoji on their own.
  .filter(({ emoji }) => !/^\p{Regional_Indicator}$/u.test(emoji))
  .flatMap((one) => [one, ...(one.skins ?? [])])
  .filter(({ version }) => version <= known);

/** All spellings, with or without a variation selector after each code point. */
function spellings(emoji: string): string[] {
  const letters = [...emoji.replaceAll('\uFE0F', '')];
  const takes = letters.map((letter) => /[\p{Emoji}]/u.test(letter) && !/\p{Emoji_Modifier}/u.test(letter));
  const all = [emoji, letters.join(''), letters.map((letter, at) => (takes[at] ? `${letter}\uFE0F` : letter)).join('')];
  return [...all, `${letters.join('')}\uFE0F`];
}

describe('the one form of an emoji', () => {
  test('is accepted for each one that there is, in every spelling, and is one for all of them', () => {
    expect(listed.length).toBeGreaterThan(3_600);
    for (const { emoji, text } of listed) {
      const canonical = canonicalEmoji(emoji);
      expect(isEmoji(canonical), emoji).toBe(true);
      for (const spelling of [...spellings(emoji), ...(text ? [text] : [])])
        expect([emoji, emojiSchema.safeParse(spelling).data]).toEqual([emoji, canonical]);
    }
  });

  test('differs from one emoji to the next', () => {
    expect(new Set(listed.map(({ emoji }) => canonicalEmoji(emoji))).size).toBe(listed.length);
  });

  test.each([
    ['👍️', '👍'],
    ['❤', '❤️'],
    ['❤\uFE0E', '❤️'],
    ['1⃣', '1️⃣'],
    ['👁‍🗨', '👁️‍🗨️'],
    ['🏃🏽‍♂', '🏃🏽‍♂️'],
    ['☝️🏽', '☝🏽'],
    ['🇩🇪', '🇩🇪'],
  ])('of %j is %j', (given, canonical) => {
    expect(canonicalEmoji(given)).toBe(canonical);
  });

  test('is idempotent for any text', () => {
    const text = fc.string({ unit: fc.constantFrom('❤', '\uFE0F', '\uFE0E', '👍', '1', '\u20E3', '\u200D', '♂', '🏽', 'a') });
    fc.assert(fc.property(text, (given) => canonicalEmoji(canonicalEmoji(given)) === canonicalEmoji(given)));
  });

  test('is not given to letters and digits', () => {
    for (const text of ['a1#*', 'Grüße 2026', '']) expect(canonicalEmoji(text)).toBe(text);
    for (const text of ['1', '1\uFE0F', '👍❤', '👍\u200D🍆', '\uFE0F'])
      expect(emojiSchema.safeParse(text).success, text).toBe(false);
  });
});

test('only emoji, however they are spelled and parted, are shown large', () => {
  for (const text of ['👍', '👍️', '❤', ' ❤️ 👍\n', '👨‍👩‍👧‍👦'.repeat(12)]) expect(isOnlyEmoji(text), text).toBe(true);
  for (const text of ['', ' ', '1', 'a👍', '❤\uFE0E', '👍'.repeat(13), '\uFE0F']) expect(isOnlyEmoji(text), text).toBe(false);
});
