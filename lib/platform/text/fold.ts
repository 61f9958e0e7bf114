// Accents, points and tone marks, which search ignores. Vowel signs of Indic scripts, Thai and others count, because they act as letters.
// Listed as ranges, because the database folds with the same ranges (prisma/migrations/*_one_form_of_text).
const ignored = new RegExp(
  '[' +
    '\\u0300-\\u036F\\u1AB0-\\u1AFF\\u1DC0-\\u1DFF\\u20D0-\\u20FF\\uFE20-\\uFE2F' + // of any script
    '\\u0483-\\u0489' + // Cyrillic
    '\\u0591-\\u05BD\\u05BF\\u05C1\\u05C2\\u05C4\\u05C5\\u05C7' + // Hebrew
    '\\u0610-\\u061A\\u0640\\u064B-\\u065F\\u0670\\u06D6-\\u06DC\\u06DF-\\u06E4\\u06E7\\u06E8\\u06EA-\\u06ED\\u08CA-\\u08E1\\u08E3-\\u08FF' + // Arabic
    '\\u0730-\\u074A' + // Syriac
    '\\u00AD\\u061C\\u180B-\\u180F\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u206F\\uFE00-\\uFE0F\\uFEFF\\u{E0000}-\\u{E0FFF}' + // hidden
    ']',
  'gu',
);

const pairs = "ß ss æ ae œ oe ø o ł l đ d ð d þ th ħ h ŧ t ı i ς σ ʼ ' ’ ' ‘ '";

const letters = new Map(
  pairs.split(' ').flatMap((from, at, all) => (at % 2 === 0 ? [[from, all[at + 1] ?? ''] as const] : [])),
);

/** Decomposes compatibility forms (full width, ligatures) and removes accents. Case is kept. */
export const withoutAccents = (text: string): string => text.normalize('NFKD').replace(ignored, '');

/**
 * Folds a text for search: ignores case, accents, width and hidden characters. Independent of the locale, so never use
 * toLocaleLowerCase, which turns I into ı in Turkish. Idempotent.
 */
export function fold(text: string): string {
  if (/^[ -~]*$/.test(text)) return text.toLowerCase().replace(/ +/g, ' ').trim();
  // Decompose again, because lower-casing can produce a letter with an accent.
  const lower = withoutAccents(withoutAccents(text).toLowerCase());
  return lower
    .replace(/[^ -~]/gu, (letter) => letters.get(letter) ?? letter)
    .replace(/\s+/g, ' ')
    .trim();
}

/** The folded words of a name. Completion matches their beginnings. */
export const wordsOf = (name: string): string[] =>
  fold(name)
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter(Boolean);
