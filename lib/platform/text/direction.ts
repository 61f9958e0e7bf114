import type { Nodes } from 'mdast';

export type Direction = 'ltr' | 'rtl';

/**
 * Which way a piece of a message runs: as its first letter that is in no mention, link or code (`dir="auto"` reads those too, and
 * takes an answer in Hebrew for English because it begins with '@mara').
 * @returns undefined when nothing in it says so
 */
export function directionOf(node: Nodes | Nodes[]): Direction | undefined {
  if (Array.isArray(node)) return first(node);
  if (node.type === 'text') return directionOfLetters(node.value);
  return 'children' in node && !foreign.has(node.type) ? first(node.children) : undefined;
}

/** The same of a text as it is typed. */
export function directionOfText(text: string): Direction | undefined {
  for (const [, letter] of text.matchAll(foreignOrLetter)) if (letter) return directionOfLetter(letter);
}

/** Of a field: browsers tell each line's direction by themselves, except that they read a mention first. */
export function directionOfField(text: string): Direction | 'auto' {
  const direction = directionOfText(text);
  return direction === undefined || direction === directionOfLetters(text) ? 'auto' : direction;
}

const foreign = new Set(['link', 'mention', 'inlineCode', 'code']);

/** Code, addresses, and mentions, near enough for a line that is only being written, or is only one of a list; or a letter. */
const foreignOrLetter = /`[^`]*`|(?:https?:\/\/|www\.)\S+|(?<![\p{L}\p{N}])@[\w.-]+|([\p{L}\u061c\u200e\u200f])/giu;

function first(nodes: Nodes[]): Direction | undefined {
  for (const node of nodes) {
    const direction = directionOf(node);
    if (direction) return direction;
  }
}

function directionOfLetters(text: string): Direction | undefined {
  const [letter] = strong.exec(text) ?? [];
  return letter === undefined ? undefined : directionOfLetter(letter);
}

const directionOfLetter = (letter: string): Direction => (rightToLeft.test(letter) ? 'rtl' : 'ltr');

const strong = /[\p{L}\u061c\u200e\u200f]/u;
const rightToLeft = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
