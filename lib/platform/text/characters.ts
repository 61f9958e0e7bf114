/** Scripts without blanks between words, or with particles attached to words. */
const unspaced =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Bopo}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Hebr}\p{scx=Arab}]/u;
const letter = /[\p{L}\p{M}]/u;
const letterOrDigit = /[\p{L}\p{M}\p{N}]/u;
const digit = /\p{N}/u;
const blank = /\s/;

/** The code point before `index`, or '' at the beginning. */
export function characterBefore(text: string, index: number): string {
  const low = text.charCodeAt(index - 1);
  const pair = index > 1 && low >= 0xdc00 && low <= 0xdfff;
  return text.slice(pair ? index - 2 : Math.max(0, index - 1), index);
}

/** The code point at `index`, or '' at the end. */
export function characterAt(text: string, index: number): string {
  const code = text.codePointAt(index);
  return code === undefined ? '' : String.fromCodePoint(code);
}

/** A blank, or the beginning or end of the text. */
export const isBlank = (character: string) => character === '' || blank.test(character);

export const isDigit = (character: string) => digit.test(character);

/** Whether a word may begin or end next to this letter: Chinese, Japanese, Korean, Thai, Hebrew, Arabic and similar scripts. */
export const isUnspaced = (character: string) => letter.test(character) && unspaced.test(character);

/** Whether the character is part of a word in a script with blanks between words. */
export const isOfWord = (character: string) => letterOrDigit.test(character) && !isUnspaced(character);

export const isAsciiLetterOrDigit = (code: number) =>
  (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);

/** Unicode code points, which is what a character is on this wire. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
