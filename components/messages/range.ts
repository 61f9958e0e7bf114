import type { Message } from '@/lib/domain/messages/schema';

/**
 * The part of a window that is in the document. It slides with the reader, so that a hundred thousand messages cost no more than
 * a hundred. It uses message ids, so that pages added at either end do not move it.
 */
export interface Range {
  /** the first message of the range; null: the beginning of the window */
  from: string | null;
  /** the last message of the range; null: the end, including messages that arrive there */
  to: string | null;
}

/** maximum number of rows in the document */
const maxRows = 160;
/** number of rows that one slide adds */
const slideRows = 40;

type Ids = Pick<Message, 'id'>[];

/** [start, end) in the window. */
export function resolve(range: Range, messages: Ids): [number, number] {
  const from = range.from;
  const to = range.to;
  const start = from === null ? 0 : firstIndex(messages, (id) => id >= from);
  const end = to === null ? messages.length : firstIndex(messages, (id) => id > to);
  return [Math.min(start, end), end];
}

/** The initial range: the end, or the surroundings of one message. */
export function rangeAround(messages: Ids, id: string | null): Range {
  const index = id === null ? -1 : messages.findIndex((message) => message.id === id);
  if (index < 0) return between(messages, messages.length - slideRows, messages.length);
  return between(messages, index - slideRows / 2, index + slideRows);
}

/**
 * Moves the range towards older or newer messages.
 * @returns the same object when it cannot move
 */
export function slide(range: Range, messages: Ids, towards: 'older' | 'newer'): Range {
  const [start, end] = resolve(range, messages);
  if (towards === 'older') {
    if (start === 0) return range;
    const next = Math.max(0, start - slideRows);
    return between(messages, next, Math.min(end, next + maxRows));
  }
  if (end === messages.length) return range.to === null ? range : between(messages, start, end);
  const next = Math.min(messages.length, end + slideRows);
  return between(messages, Math.max(start, next - maxRows), next);
}

/** Drops the rows that are far from the reader when there are too many. */
export function settleRange(range: Range, messages: Ids, anchorId: string | null): Range {
  const [start, end] = resolve(range, messages);
  if (end - start <= maxRows) return range;
  const anchor = anchorId === null ? end : firstIndex(messages, (id) => id >= anchorId);
  const first = Math.min(end - maxRows, Math.max(start, anchor - maxRows / 2));
  return between(messages, first, first + maxRows);
}

function between(messages: Ids, start: number, end: number): Range {
  return {
    from: start <= 0 ? null : (messages[start]?.id ?? null),
    to: end >= messages.length ? null : (messages[end - 1]?.id ?? null),
  };
}

/** Binary search, because ids are sorted. */
function firstIndex(messages: Ids, test: (id: string) => boolean): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(messages[middle]?.id ?? '')) high = middle;
    else low = middle + 1;
  }
  return low;
}
