/** The destination of a link, which follows its text in parentheses. */
export interface Destination {
  /** index after the closing parenthesis */
  end: number;
  url: string;
  title: string | null;
}

const unclosed = -1;

/** Finds link destinations in a text. Matches all parentheses in one pass. */
export class Destinations {
  readonly #text: string;
  /** end of the address after each `(`: its `)`, or the blank before a title if all inner parentheses are closed */
  #ends: Map<number, number> | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** The destination at `index`: `(https://a.example "A title")`, `(<https://a.example>)`. */
  at(index: number): Destination | undefined {
    if (this.#text[index] !== '(') return undefined;
    const angle = /^\(\s{0,8}<([^\s<>]{1,2048})>/.exec(this.#text.slice(index, index + 2_060));
    if (angle?.[1]) return this.#afterUrl(angle[1], index + angle[0].length);
    this.#ends ??= addressEnds(this.#text);
    const end = this.#ends.get(index) ?? unclosed;
    return end === unclosed ? undefined : this.#afterUrl(this.#text.slice(index + 1, end), end);
  }

  #afterUrl(url: string, index: number): Destination | undefined {
    if (this.#text[index] === ')') return { end: index + 1, url, title: null };
    titled.lastIndex = index;
    const title = titled.exec(this.#text);
    return title ? { end: titled.lastIndex, url, title: title[1] ?? title[2] ?? null } : undefined;
  }
}

function addressEnds(text: string): Map<number, number> {
  const ends = new Map<number, number>();
  let open: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? '';
    if (character === '(') open.push(index);
    else if (character === ')') ends.set(open.pop() ?? unclosed, index);
    else if (character <= ' ') {
      ends.set(open.pop() ?? unclosed, index);
      open = [];
    }
  }
  return ends.set(unclosed, unclosed);
}

const titled = /[ \t]{1,8}(?:"([^"\n]{0,500})"|'([^'\n]{0,500})')[ \t]{0,8}\)/y;
