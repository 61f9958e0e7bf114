import { showsSomething } from '@/lib/platform/text/visible';

/** Combining marks per base character. Tibetan and pointed Hebrew need four. */
const maxMarks = 4;

const tooManyMarks = new RegExp(`(\\p{M}{${maxMarks}})\\p{M}+`, 'gu');

// Invisible characters that can change their surroundings: direction marks, joiners, selectors, tags, fillers, soft hyphens.
const hidden = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800\u{1D159}\uFFFC]/gu;

const indicVirama = '\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u0DCA\u1039\u17D2';

// Arabic letters that never join the next letter, so a non-joiner after them has no effect.
const endsWord =
  '\u0621-\u0625\u0627\u0629\u062F-\u0632\u0648\u0671-\u0673\u0675-\u0677\u0688-\u0699\u06C0\u06C3-\u06CB\u06CD\u06CF\u06D2\u06D3\u06D5';

// Sequences in which an invisible character is a legitimate part of the text.
const legitimate = new RegExp(
  [
    // Emoji sequences with selectors and joiners, and flags made of tags.
    '\\u{1F3F4}[\\u{E0061}-\\u{E007A}\\u{E0030}-\\u{E0039}]{2,6}\\u{E007F}',
    '\\p{Extended_Pictographic}(?:\\p{Emoji_Modifier}|[\\uFE0E\\uFE0F])?(?:\\u200D\\p{Extended_Pictographic}(?:\\p{Emoji_Modifier}|\\uFE0F)?)*',
    '[0-9#*]\\uFE0F\\u20E3',
    // Joiners as RFC 5892 (appendix A) allows them in names: after a virama, and between Arabic letters that would join.
    `(?<=[${indicVirama}])[\\u200C\\u200D](?=\\p{L})`,
    `(?<=(?![${endsWord}])[\\p{Script=Arabic}&&\\p{L}]\\p{Mn}{0,4})\\u200C(?=[\\p{Script=Arabic}&&\\p{L}])`,
    // Variants of Han characters and Mongolian letters.
    '(?<=\\p{Script=Han})[\\u{E0100}-\\u{E01EF}]',
    '(?<=\\p{Script=Mongolian})[\\u180B-\\u180D\\u180F]',
  ].join('|'),
  'gv',
);

/**
 * Removes invisible characters that could make a text look like another one or disturb the text around it: direction overrides (U+202E),
 * joiners and selectors without effect, fillers, piles of combining marks. Composes the text (NFC). Idempotent. Keeps line breaks and
 * other control characters.
 */
export function withoutHidden(text: string): string {
  let cleaned = '';
  let end = 0;
  const composed = text.normalize('NFC');
  for (const { 0: kept, index } of composed.matchAll(legitimate)) {
    cleaned += composed.slice(end, index).replace(hidden, '') + kept;
    end = index + kept.length;
  }
  cleaned += composed.slice(end).replace(hidden, '');
  // A removal may bring together characters that compose or join, so repeat until nothing changes.
  const settled = cleaned.replace(tooManyMarks, '$1').normalize('NFC');
  return settled === text ? settled : withoutHidden(settled);
}

/** The canonical form of a one-line name: no invisible characters, single blanks, no mark without a letter. '' if it shows nothing. */
export function canonicalName(text: string): string {
  if (!showsSomething(text)) return '';
  const line = withoutHidden(text.replace(/[\p{White_Space}\p{Cc}]+/gu, ' '))
    .replace(/(^| )[\p{M}]+/gu, '$1')
    .replace(/ +/g, ' ')
    .trim();
  return line === text ? line : canonicalName(line);
}
