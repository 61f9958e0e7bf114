import type { PhrasingContent, Text } from 'mdast';
import { characterBefore } from '@/lib/platform/text/characters';
import { CodeSpans, codeOf } from '@/lib/platform/text/code-spans';
import { Destinations } from '@/lib/platform/text/destinations';
import type { Effort } from '@/lib/platform/text/effort';
import { emphasized, type Piece } from '@/lib/platform/text/emphasis';
import { addressAround, angleLinkAt, type BareLink, safeUrl, webLinkAt } from '@/lib/platform/text/links';
import { markAt } from '@/lib/platform/text/marks';
import { mentionAt } from '@/lib/platform/text/mentions';
import { textOf } from '@/lib/platform/text/tree';

/** Parses the inline content of a paragraph, heading or cell. */
export function phrasing(text: string, effort: Effort): PhrasingContent[] {
  return new Reader(text, effort).read();
}

/** Characters that may begin inline markup. */
const special = /[\n\\[\]<@]|!\[|\*+|_+|~+|`+|https?:\/\/|www\./gi;

/** A `[` or `![` that may begin a link. */
interface Bracket {
  /** index among the pieces */
  at: number;
  text: Text;
  image: boolean;
  escaped: boolean;
}

/** Reads a text in one pass, from mark to mark. */
class Reader {
  readonly #text: string;
  readonly #effort: Effort;
  readonly #destinations: Destinations;
  #codeSpans: CodeSpans | undefined;
  readonly #pieces: Piece[] = [];
  #brackets: Bracket[] = [];
  /** the run of backticks that would have closed an escaped code span, and is escaped itself */
  #escapedCode = -1;
  /** start of the text that is not yet in a piece */
  #from = 0;

  constructor(text: string, effort: Effort) {
    this.#text = text;
    this.#effort = effort;
    this.#destinations = new Destinations(text);
  }

  read(): PhrasingContent[] {
    special.lastIndex = 0;
    for (let found = special.exec(this.#text); found; found = special.exec(this.#text)) {
      special.lastIndex = this.#take(found[0], found.index);
    }
    this.#flush(this.#text.length);
    return emphasized(this.#pieces, this.#effort);
  }

  /** Reads possible markup. @returns the index to continue at */
  #take(found: string, at: number): number {
    const end = at + found.length;
    switch (found[0]) {
      case '\n':
        return this.#push({ type: 'break' }, at, end);
      case '\\':
        return this.#takeEscaped(at);
      case '*':
      case '_':
      case '~':
        return this.#takeMark(at, at, end);
      case '`':
        return this.#takeCode(at, end);
      case '[':
      case '!':
        return this.#open(at, end);
      case ']':
        return this.#close(at, end);
      case '<':
        return this.#takeLink(angleLinkAt(this.#text, at), 1) ?? end;
      case '@':
        return this.#takeAt(at) ?? end;
      default:
        return this.#takeLink(webLinkAt(this.#text, at)) ?? end;
    }
  }

  #push(piece: Piece, start: number, end: number): number {
    this.#flush(start);
    this.#pieces.push(piece);
    this.#from = end;
    return end;
  }

  #flush(end: number): void {
    if (end > this.#from) this.#pieces.push({ type: 'text', value: this.#text.slice(this.#from, end) });
    this.#from = end;
  }

  #takeMark(start: number, at: number, end: number): number {
    const mark = markAt(this.#text, at, end - at, start < at);
    return mark ? this.#push(mark, start, end) : end;
  }

  #takeCode(at: number, end: number): number {
    const closing = this.#codeEnd(at);
    const value = closing === undefined ? '' : this.#text.slice(end, closing);
    return closing !== undefined && value.trim() !== ''
      ? this.#push({ type: 'inlineCode', value: codeOf(value) }, at, closing + end - at)
      : end;
  }

  /** The start of the run of backticks that closes the code span at `at`. */
  #codeEnd(at: number): number | undefined {
    this.#codeSpans ??= new CodeSpans(this.#text);
    return this.#codeSpans.closing(at);
  }

  #takeLink(link: BareLink | undefined, bracket = 0): number | undefined {
    if (!link) return undefined;
    this.#effort.grow(1);
    const value = this.#text.slice(link.start + bracket, link.end - bracket);
    return this.#push({ type: 'link', url: link.url, title: null, children: [{ type: 'text', value }] }, link.start, link.end);
  }

  #takeAt(at: number): number | undefined {
    const address = addressAround(this.#text, at, this.#from);
    if (address) return this.#takeLink(address);
    const mention = mentionAt(this.#text, at);
    return mention && this.#push(mention, at, at + mention.value.length);
  }

  #open(at: number, end: number, escaped = false): number {
    const text: Text = { type: 'text', value: this.#text.slice(at, end) };
    this.#flush(at);
    this.#brackets.push({ at: this.#pieces.length, text, image: text.value === '![', escaped });
    return this.#push(text, at, end);
  }

  #close(at: number, end: number): number {
    const bracket = this.#brackets.pop();
    const destination = bracket && this.#destinations.at(end);
    const url = destination && safeUrl(destination.url);
    if (!url) return end;
    if (bracket.escaped) {
      bracket.text.value = '[';
      this.#effort.escaped = true;
      return end;
    }
    this.#flush(at);
    const inside = this.#pieces.splice(bracket.at);
    const children = emphasized(inside.slice(1).map(unlinked), this.#effort);
    const shown = textOf(children).trim();
    if (shown === '' && !bracket.image) {
      for (const piece of inside) this.#pieces.push(piece);
      return end;
    }
    this.#effort.grow(1);
    if (!bracket.image) this.#brackets = [];
    const label: PhrasingContent[] = bracket.image ? [{ type: 'text', value: shown || destination.url }] : children;
    return this.#push({ type: 'link', url, title: destination.title, children: label }, at, destination.end);
  }

  /** Reads a backslash, which is an escape only before markup. */
  #takeEscaped(at: number): number {
    const end = at + 1;
    switch (this.#text[end]) {
      case '*':
      case '_':
      case '~':
        return this.#takeMark(at, end, runEnd(this.#text, end));
      case '`':
        return this.#escapeCode(at, end);
      case '[':
        return this.#open(at, end + 1, true);
      case ']':
        return this.#brackets.at(-1) && this.#destinations.at(end + 1) ? this.#escape(at, end + 1) : end + 1;
      case '<':
        return angleLinkAt(this.#text, end) ? this.#escape(at, end + 1) : end + 1;
      case '@':
        return mentionAt(this.#text, end, characterBefore(this.#text, at)) ? this.#escape(at, end + 1) : end;
      default:
        return end;
    }
  }

  /** Drops the backslash and keeps the escaped characters as text. */
  #escape(at: number, end: number): number {
    this.#flush(at);
    this.#from = at + 1;
    this.#effort.escaped = true;
    return end;
  }

  #escapeCode(at: number, start: number): number {
    const end = runEnd(this.#text, start);
    const closing = this.#codeEnd(start);
    if (closing === undefined && this.#escapedCode !== start) return end;
    if (closing !== undefined && this.#text[closing - 1] === '\\') this.#escapedCode = closing;
    return this.#escape(at, end);
  }
}

function runEnd(text: string, start: number): number {
  let end = start;
  while (text[end] === text[start]) end += 1;
  return end;
}

/** Turns links and mentions inside a link into text. */
function unlinked(piece: Piece): Piece {
  return piece.type === 'link' || piece.type === 'mention' ? { type: 'text', value: textOf([piece]) } : piece;
}
