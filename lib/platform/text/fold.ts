// Accents, points and tone marks, which do not count in a search. Vowel signs of Indic scripts, Thai and the rest do: they are
// letters. Written as ranges, because the database folds by the same ones (prisma/migrations/*_one_form_of_text).
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

/** Compatibility forms apart (full width, ligatures), accents off; cases stay. */
export const withoutAccents = (text: string): string => text.normalize('NFKD').replace(ignored, '');

/**
 * What two texts have in common that a search takes for the same: case, accents, width and hidden characters do not count, whatever
 * language the browser speaks (never toLocaleLowerCase: in Turkish it makes ı of I). The second time changes nothing.
 */
export function fold(text: string): string {
  if (/^[ -~]*$/.test(text)) return text.toLowerCase().replace(/ +/g, ' ').trim();
  // Once more apart: to lower case, a letter may become one with an accent.
  const lower = withoutAccents(withoutAccents(text).toLowerCase());
  return lower
    .replace(/[^ -~]/gu, (letter) => letters.get(letter) ?? letter)
    .replace(/\s+/g, ' ')
    .trim();
}

/** The words of a name, folded: what a completion looks at the beginnings of. */
export const wordsOf = (name: string): string[] =>
  fold(name)
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter(Boolean);
