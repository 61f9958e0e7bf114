import { characterAt, characterBefore, isBlank, isDigit, isOfWord } from '@/lib/platform/text/characters';

/** A run of `*`, `_` or `~` that may open or close emphasis; what comes of it shows only at the end of the text. */
export class Mark {
  readonly type = 'mark';
  readonly character: string;
  readonly size: number;
  readonly opens: boolean;
  readonly closes: boolean;
  /** after a backslash: where it would be a mark it is none, and the backslash is not shown; elsewhere both are */
  readonly escaped: boolean;
  /** would have been a mark */
  effective = false;
  /** how much of it is left as text */
  left: number;
  /** how many it closes, and the sizes of what it opens, outermost last */
  closing = 0;
  opening: number[] = [];
  /** its place among the marks, and how many pieces that can be emphasized are before it */
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

  /** What is shown of it, beside what it opens and closes. */
  get text(): string {
    const backslash = this.escaped && !this.effective ? '\\' : '';
    return backslash + this.character.repeat(this.left);
  }
}

/**
 * The run of `size` at `index` as a mark, or nothing when it can be none: `****`, `__`, a single `~`, one with blanks on
 * both sides, one within a word. Letters of scripts without blanks are no word's inside, so that `**重要：**请看` is bold.
 */
export function markAt(text: string, index: number, size: number, escaped: boolean): Mark | undefined {
  const character = text[index] ?? '';
  if (character === '_' ? size !== 1 : character === '~' ? size !== 2 : size > 3) return undefined;
  const before = characterBefore(text, escaped ? index - 1 : index);
  const after = characterAt(text, index + size);
  const bars = character === '_' ? barsUnderscore : size === 1 ? isOfWord : isDigit;
  const opens = !isBlank(after) && !bars(before);
  const closes = !isBlank(before) && !bars(after);
  return opens || closes ? new Mark(character, size, opens, closes, escaped) : undefined;
}

// Names of files and variables, and faces: foo_bar, /_next/, ^_^, -_-, ¯\_(ツ)_/¯
const besideUnderscore = /[\p{L}\p{M}\p{N}\p{S}\p{Pd}_/\\@#&%]/u;
const barsUnderscore = (character: string) => besideUnderscore.test(character) && !'~`'.includes(character);
