import { characterAt, characterBefore, isBlank, isDigit, isOfWord } from '@/lib/platform/text/characters';

/** A run of `*`, `_` or `~` that may open or close emphasis. Marks are paired after the whole text is read. */
export class Mark {
  readonly type = 'mark';
  readonly character: string;
  readonly size: number;
  readonly opens: boolean;
  readonly closes: boolean;
  /** after a backslash, which is hidden if the run would have been emphasis, and shown otherwise */
  readonly escaped: boolean;
  /** for an escaped mark: it would have been emphasis */
  effective = false;
  /** unpaired characters, which are shown as text */
  left: number;
  /** number of emphases it closes, and the sizes of those it opens, outermost last */
  closing = 0;
  opening: number[] = [];
  /** index among the marks, and the number of pieces before it that can be emphasized */
  order = 0;
  content = 0;
  previous: Mark | undefined;
  next: Mark | undefined;

  constructor(character: string, size: number, opens: boolean, closes: boolean, escaped: boolean) {
    this.character = character;
    this.size = size;
    this.left = size;
    this.opens = opens;
    this.closes = closes;
    this.escaped = escaped;
  }

  /** The unpaired characters, with the backslash if it is shown. */
  get text(): string {
    const backslash = this.escaped && !this.effective ? '\\' : '';
    return backslash + this.character.repeat(this.left);
  }
}

/**
 * The run of `size` at `index` as a mark. Undefined for `****`, `__`, a single `~`, a run between blanks or inside a word. Scripts without
 * blanks have no inside of a word, so that `**重要：**请看` is bold.
 */
export function markAt(text: string, index: number, size: number, escaped: boolean): Mark | undefined {
  const character = text[index] ?? '';
  if (character === '_' ? size !== 1 : character === '~' ? size !== 2 : size > 3) return undefined;
  const before = characterBefore(text, escaped ? index - 1 : index);
  const after = characterAt(text, index + size);
  const prevents = character === '_' ? preventsUnderscore : size === 1 ? isOfWord : isDigit;
  const opens = !isBlank(after) && !prevents(before);
  const closes = !isBlank(before) && !prevents(after);
  return opens || closes ? new Mark(character, size, opens, closes, escaped) : undefined;
}

// File names, variables and emoticons: foo_bar, /_next/, ^_^, -_-, ¯\_(ツ)_/¯
const besideUnderscore = /[\p{L}\p{M}\p{N}\p{S}\p{Pd}_/\\@#&%]/u;
const preventsUnderscore = (character: string) => besideUnderscore.test(character) && !'~`'.includes(character);
