import type { BlockContent, Blockquote, Heading, Paragraph, PhrasingContent } from 'mdast';
import { BudgetExceeded, type Effort } from '@/lib/platform/text/effort';
import { fenceAt } from '@/lib/platform/text/fences';
import { isBlankLine } from '@/lib/platform/text/lines';
import { listAt } from '@/lib/platform/text/lists';
import { phrasing } from '@/lib/platform/text/phrasing';
import { tableAt } from '@/lib/platform/text/tables';

/** Maximum nesting of quotes and lists. */
const maxLevels = 8;

/** Parses lines into blocks. There is no lazy continuation: every line of a quote begins with `>`. */
export function blocks(lines: string[], effort: Effort, level = 0, inItem = false): BlockContent[] {
  if (level > maxLevels) throw new BudgetExceeded();
  return new Blocks([...lines], effort, level, inItem).read();
}

interface BlockFound {
  /** undefined when the block would be empty; its lines are then text */
  node: BlockContent | undefined;
  end: number;
}

class Blocks {
  readonly #lines: string[];
  readonly #effort: Effort;
  readonly #level: number;
  readonly #inItem: boolean;
  readonly #blocks: BlockContent[] = [];
  #paragraph: string[] = [];

  constructor(lines: string[], effort: Effort, level: number, inItem: boolean) {
    this.#lines = lines;
    this.#effort = effort;
    this.#level = level;
    this.#inItem = inItem;
  }

  read(): BlockContent[] {
    for (let at = 0; at < this.#lines.length; ) {
      const line = this.#lines[at] ?? '';
      const found = isBlankLine(line) ? undefined : this.#at(at);
      if (isBlankLine(line) || found?.node) this.#endParagraph();
      else this.#paragraph.push(...(found ? this.#lines.slice(at, found.end) : [this.#unescaped(line)]));
      if (found?.node) this.#add(found.node);
      at = found ? found.end : at + 1;
    }
    this.#endParagraph();
    return this.#blocks;
  }

  #add(block: BlockContent): void {
    this.#effort.grow(1);
    this.#blocks.push(block);
  }

  #at(at: number): BlockFound | undefined {
    // The first line of an item cannot begin another list: `3. 4. 2026` is a date.
    const mayBeList = !this.#inItem || at > 0;
    return (
      this.#fence(at) ??
      this.#quote(at) ??
      (mayBeList ? this.#list(at) : undefined) ??
      this.#heading(at) ??
      (mayBeList && rule.test(this.#lines[at] ?? '') ? { node: { type: 'thematicBreak' }, end: at + 1 } : undefined) ??
      tableAt(this.#lines, at, this.#effort)
    );
  }

  #fence(at: number): BlockFound | undefined {
    const found = fenceAt(this.#lines, at);
    if (!found) return undefined;
    const { rest } = found;
    const end = rest === undefined ? found.end : found.end - 1;
    if (rest !== undefined) this.#lines[end] = rest;
    return { node: found.node ?? verbatim(this.#lines.slice(at, end), this.#effort), end };
  }

  /** A quote ends with its last line that begins with `>`. */
  #quote(start: number): BlockFound | undefined {
    const inside: string[] = [];
    let end = start;
    for (let found = quoted.exec(this.#lines[end] ?? ''); found; found = quoted.exec(this.#lines[end] ?? '')) {
      inside.push(found[1] ?? '');
      end += 1;
    }
    if (end === start) return undefined;
    const children = inside.every(isBlankLine) ? [] : blocks(inside, this.#effort, this.#level + 1);
    const node: Blockquote = { type: 'blockquote', children };
    return { node: children.length > 0 ? node : undefined, end };
  }

  #list(at: number): BlockFound | undefined {
    const read = (lines: string[]) => {
      this.#effort.grow(1);
      return blocks(lines, this.#effort, this.#level + 1, true);
    };
    return listAt(this.#lines, at, this.#paragraph.length > 0, read);
  }

  #heading(at: number): BlockFound | undefined {
    const [, marks = '', title = ''] = heading.exec(this.#lines[at] ?? '') ?? [];
    const text = withoutClosing(title.trim());
    if (text === '') return undefined;
    const depth = marks.length as Heading['depth'];
    return { node: { type: 'heading', depth, children: phrasing(text, this.#effort) }, end: at + 1 };
  }

  #endParagraph(): void {
    if (this.#paragraph.length === 0) return;
    const children: PhrasingContent[] = phrasing(this.#paragraph.join('\n').trimEnd(), this.#effort);
    this.#add({ type: 'paragraph', children });
    this.#paragraph = [];
  }

  /** Removes a backslash that escapes a heading, quote, item or rule. */
  #unescaped(line: string): string {
    const [, before = '', rest = ''] = escaped.exec(line) ?? [];
    const plain = before + rest;
    const isEscaped = rest !== '' && (heading.test(plain) || quoted.test(plain) || item.test(plain) || rule.test(plain));
    if (!isEscaped) return line;
    this.#effort.escaped = true;
    return plain;
  }
}

/** A paragraph of the lines as they are, without parsing. */
function verbatim(lines: string[], effort: Effort): Paragraph {
  effort.grow(2 * lines.length);
  return {
    type: 'paragraph',
    children: lines.flatMap((value) => [{ type: 'break' }, { type: 'text', value }] as const).slice(1),
  };
}

/** Removes the closing `#` of a heading, which must follow a blank. */
function withoutClosing(title: string): string {
  let end = title.length;
  while (title[end - 1] === '#') end -= 1;
  if (end === 0) return '';
  return /\s/.test(title[end - 1] ?? '') ? title.slice(0, end).trimEnd() : title;
}

const heading = /^ {0,3}(#{1,6})[ \t]+(?=\S)(.*)$/;
const rule = /^ {0,3}-{3,}\s*$/;
const item = /^ {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]+\S/;
const escaped = /^( {0,3}\d{0,9})\\([-+*#>.)].*)$/;

// Excludes comparisons and emoticons: `>100`, `>=`, `>.<`, `>:(`.
const quoted = /^ {0,3}>(?![\d.:;=_<(-]) ?(.*)$/;
