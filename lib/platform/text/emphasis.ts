import type { PhrasingContent } from 'mdast';
import type { Effort } from '@/lib/platform/text/effort';
import type { Mark } from '@/lib/platform/text/marks';

export type Piece = PhrasingContent | Mark;

/**
 * Converts marks to emphasis with CommonMark's delimiter algorithm. Its lower bounds for the search of openers keep the number of steps
 * about linear in the number of marks.
 */
export function emphasized(pieces: Piece[], effort: Effort): PhrasingContent[] {
  const first = linkMarks(pieces);
  if (first) pair(first, effort);
  return buildTree(pieces, effort);
}

/** Links the marks to a list, and counts the pieces between them. */
function linkMarks(pieces: Piece[]): Mark | undefined {
  let first: Mark | undefined;
  let last: Mark | undefined;
  let content = 0;
  for (const piece of pieces) {
    if (piece.type !== 'mark') {
      if (piece.type !== 'text' || hasMoreThanMarks.test(piece.value)) content += 1;
      continue;
    }
    piece.content = content;
    piece.order = (last?.order ?? 0) + 1;
    piece.previous = last;
    piece.next = undefined;
    if (last) last.next = piece;
    first ??= piece;
    last = piece;
  }
  return first;
}

function pair(first: Mark, effort: Effort): void {
  const lowerBounds = new Map<string, number>();
  let closer: Mark | undefined = first;
  while (closer) {
    const next: Mark | undefined = closer.next;
    if (closer.closes) closeWith(closer, lowerBounds, effort);
    closer = next;
  }
}

/** Pairs a closer with openers, the innermost first. */
function closeWith(closer: Mark, lowerBounds: Map<string, number>, effort: Effort): void {
  const kind = `${closer.character}${closer.opens}${closer.size % 3}`;
  while (closer.left > 0) {
    const opener = openerOf(closer, lowerBounds.get(kind) ?? 0, effort);
    if (!opener) {
      lowerBounds.set(kind, closer.previous?.order ?? 0);
      if (!closer.opens) remove(closer);
      return;
    }
    if (!opener.escaped && !closer.escaped) join(opener, closer);
    else {
      if (opener.escaped) keepAsText(opener, effort);
      if (closer.escaped) {
        keepAsText(closer, effort);
        return;
      }
    }
  }
  remove(closer);
}

function keepAsText(mark: Mark, effort: Effort): void {
  mark.effective = true;
  effort.escaped = true;
  remove(mark);
}

function openerOf(closer: Mark, lowerBound: number, effort: Effort): Mark | undefined {
  let opener = closer.previous;
  let steps = 1;
  while (opener && opener.order > lowerBound && !canPair(opener, closer)) {
    opener = opener.previous;
    steps += 1;
  }
  effort.spend(steps);
  return opener && opener.order > lowerBound ? opener : undefined;
}

function canPair(opener: Mark, closer: Mark): boolean {
  if (!opener.opens || opener.character !== closer.character || opener.content === closer.content) return false;
  // CommonMark's rule of three: *a**b* is one emphasis, not two.
  const both = opener.closes || closer.opens;
  return !both || (opener.size + closer.size) % 3 !== 0 || (opener.size % 3 === 0 && closer.size % 3 === 0);
}

function join(opener: Mark, closer: Mark): void {
  const size = opener.left >= 2 && closer.left >= 2 ? 2 : 1;
  for (let between = closer.previous; between && between !== opener; between = closer.previous) remove(between);
  opener.left -= size;
  opener.opening.push(size);
  closer.left -= size;
  closer.closing += 1;
  if (opener.left === 0) remove(opener);
}

function remove(mark: Mark): void {
  if (mark.previous) mark.previous.next = mark.next;
  if (mark.next) mark.next.previous = mark.previous;
}

/** Builds the tree from the paired marks. */
function buildTree(pieces: Piece[], effort: Effort): PhrasingContent[] {
  const stack: PhrasingContent[][] = [[]];
  const add = (node: PhrasingContent) => {
    if (append(stack.at(-1) ?? [], node)) effort.grow(1);
  };
  for (const piece of pieces) {
    if (piece.type !== 'mark') {
      add(piece);
      continue;
    }
    for (let closed = 0; closed < piece.closing; closed += 1) stack.pop();
    if (piece.left > 0) add({ type: 'text', value: piece.text });
    for (const size of piece.opening.toReversed()) {
      const children: PhrasingContent[] = [];
      add({ type: piece.character === '~' ? 'delete' : size === 2 ? 'strong' : 'emphasis', children });
      stack.push(children);
    }
  }
  return stack[0] ?? [];
}

/** Adds a node, or merges adjacent text. @returns whether a node was added */
function append(nodes: PhrasingContent[], node: PhrasingContent): boolean {
  const last = nodes.at(-1);
  if (node.type !== 'text' || last?.type !== 'text') return nodes.push(node) > 0;
  nodes[nodes.length - 1] = { type: 'text', value: last.value + node.value };
  return false;
}

/** Emphasis needs more than punctuation: `*.*` and `*_*` are patterns and emoticons. */
const hasMoreThanMarks = /[^\s!-/:-@[-`{-~]/;
