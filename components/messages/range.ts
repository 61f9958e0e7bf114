import type { Message } from '@/lib/domain/messages/schema';

/**
 * Which part of a window is in the document: a stretch that slides with the reader, so that a hundred thousand messages
 * cost no more than a hundred. By message id, so that pages added at either end do not move it.
 */
export interface Range {
  /** the first message in it; null: from the beginning of the window */
  from: string | null;
  /** the last message in it; null: to the end, and what arrives there is in it too */
  to: string | null;
}

/** rows in the document, at most */
const maxRows = 160;
/** rows that one slide adds */
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

/** The stretch that a conversation opens with: its end, or what surrounds one message. */
export function rangeAround(messages: Ids, id: string | null): Range {
  const index = id === null ? -1 : messages.findIndex((message) => message.id === id);
  if (index < 0) return between(messages, messages.length - slideRows, messages.length);
  return between(messages, index - slideRows / 2, index + slideRows);
}

/** Moves the stretch towards older or newer messages; the same object when it cannot. */
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

/** Lets go of what is far from where the reader is, when there is too much. */
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

/** By halves: ids are in order. */
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
