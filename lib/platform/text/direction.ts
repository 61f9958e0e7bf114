import type { Nodes } from 'mdast';

export type Direction = 'ltr' | 'rtl';

/**
 * The direction of a part of a message: that of its first letter outside mentions, links and code. `dir="auto"` does not skip those,
 * so it shows a Hebrew reply that begins with '@mara' as English.
 * @returns undefined when there is no such letter
 */
export function directionOf(node: Nodes | Nodes[]): Direction | undefined {
  if (Array.isArray(node)) return first(node);
  if (node.type === 'text') return directionOfLetters(node.value);
  return 'children' in node && !skipped.has(node.type) ? first(node.children) : undefined;
}

/** The direction of plain text, such as a draft. */
export function directionOfText(text: string): Direction | undefined {
  for (const [, letter] of text.matchAll(skippedOrLetter)) if (letter) return directionOfLetter(letter);
}

/** The direction of a text field. 'auto' lets the browser decide per line, unless a mention or link would mislead it. */
export function directionOfField(text: string): Direction | 'auto' {
  const direction = directionOfText(text);
  return direction === undefined || direction === directionOfLetters(text) ? 'auto' : direction;
}

const skipped = new Set(['link', 'mention', 'inlineCode', 'code']);

/** Matches code, links and mentions approximately, without the Markdown parser, or a letter (captured). */
const skippedOrLetter = /`[^`]*`|(?:https?:\/\/|www\.)\S+|(?<![\p{L}\p{N}])@[\w.-]+|([\p{L}\u061c\u200e\u200f])/giu;

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
