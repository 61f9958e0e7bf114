import { type DatedQuote, dateQuote, quoteOf } from '@/client/state/quotes';
import type { MessageWindow } from '@/client/state/state';
import type { ChangesPage } from '@/lib/domain/conversations/schema';
import type { Message, MessagePage } from '@/lib/domain/messages/schema';
import type { Reaction } from '@/lib/domain/reactions/schema';

export interface OwnChange {
  userId: string;
  emoji: string;
  added: boolean;
}

/** Applies new or changed messages. A message that is already included, or older than the window's, changes nothing. */
export function applyMessages(window: MessageWindow, messages: Message[], me: string, change?: OwnChange): MessageWindow {
  let now = window;
  for (const message of messages) {
    if (message.rev <= now.rev || now.ahead.some(({ rev }) => rev === message.rev)) continue;
    // Changes of the quoted message that arrived early are applied to the quote.
    const current = now.ahead.reduce(followTarget, dateQuote(message));
    now = noteChange({ ...now, messages: put(now, now.messages, current, me, change) }, message);
  }
  return now;
}

/** Replaces a message by an answer that has it, unless an event brought a newer one. */
export function replaceMessage(window: MessageWindow, message: Message, me: string): MessageWindow {
  const index = window.messages.findIndex(({ id, rev }) => id === message.id && rev <= message.rev);
  if (index < 0) return window;
  return { ...window, messages: window.messages.with(index, withMine(dateQuote(message), undefined, me)) };
}

/** Applies an answer of `message.changes`. */
export function applyChanges(window: MessageWindow, page: ChangesPage, me: string): MessageWindow {
  const rows = page.messages.reduce((list, message) => put(window, list, dateQuote(message), me), window.messages);
  return closeGap({ ...window, messages: rows, rev: Math.max(window.rev, page.rev) });
}

/**
 * Adds a page of history at one end.
 * @param revBefore the window's rev at the time of the request: later changes may be missing in the page
 */
export function addPage(window: MessageWindow, page: MessagePage, end: 'older' | 'newer', revBefore: number, me: string) {
  const rows = page.messages.reduce((list, message) => place(list, dateQuote(message), me), window.messages);
  const added = { ...window, messages: rows, rev: Math.min(window.rev, revBefore) };
  return end === 'older' ? { ...added, prevCursor: page.prevCursor } : { ...added, nextCursor: page.nextCursor };
}

/** Keeps at most `limit` rows, and drops those at one end, which can be loaded again. */
export function trimWindow(window: MessageWindow, limit: number, drop: 'oldest' | 'newest'): MessageWindow {
  if (window.messages.length <= limit) return window;
  const messages = drop === 'oldest' ? window.messages.slice(-limit) : window.messages.slice(0, limit);
  return drop === 'oldest'
    ? { ...window, messages, prevCursor: messages[0]?.id ?? null }
    : { ...window, messages, nextCursor: messages.at(-1)?.id ?? null };
}

/** The message as its reader sees it. Events have no `mine`, so it follows from the change and the known state. */
export function withMine(message: Message, known: Message | undefined, me: string, change?: OwnChange): Message {
  const mine = (reaction: Reaction) => {
    if (reaction.mine !== undefined) return reaction.mine;
    if (reaction.userIds.includes(me)) return true;
    if (reaction.userIds.length >= reaction.count) return false;
    if (change?.userId === me && change.emoji === reaction.emoji) return change.added;
    return known?.reactions.find(({ emoji }) => emoji === reaction.emoji)?.mine ?? false;
  };
  return { ...message, reactions: message.reactions.map((reaction) => ({ ...reaction, mine: mine(reaction) })) };
}

function put(window: MessageWindow, rows: Message[], message: Message, me: string, change?: OwnChange): Message[] {
  const quoted = rows.some((row) => row.replyTo?.id === message.id) ? rows.map((row) => followTarget(row, message)) : rows;
  const known = quoted.some((row) => row.id === message.id);
  return known || belongs(window, message.id) ? place(quoted, message, me, change) : quoted;
}

/** Whether the message's place is inside the window, and not beyond an end where rows are missing. */
function belongs({ messages, prevCursor, nextCursor }: MessageWindow, id: string): boolean {
  const first = messages[0];
  const last = messages.at(-1);
  if (!first || !last) return prevCursor === null && nextCursor === null;
  return (id > first.id || prevCursor === null) && (id < last.id || nextCursor === null);
}

function place(rows: Message[], message: Message, me: string, change?: OwnChange): Message[] {
  const index = rows.findLastIndex((row) => row.id <= message.id);
  const known = rows[index];
  if (known?.id !== message.id) return rows.toSpliced(index + 1, 0, withMine(message, undefined, me, change));
  if (known.rev >= message.rev) return rows;
  return rows.with(index, keepFresherQuote(withMine(message, known, me, change), known));
}

/** A quote shows its target in its present state. */
function followTarget(row: Message, target: Message): Message {
  const quote: DatedQuote | null = row.replyTo;
  if (quote?.id !== target.id || (quote.rev ?? 0) >= target.rev) return row;
  const fresh: DatedQuote = { ...quoteOf(target), rev: target.rev };
  return { ...row, replyTo: fresh };
}

function keepFresherQuote(message: Message, known: Message): Message {
  const quote: DatedQuote | null = message.replyTo;
  const before: DatedQuote | null = known.replyTo;
  return quote && before && (before.rev ?? 0) > (quote.rev ?? 0) ? { ...message, replyTo: before } : message;
}

function noteChange(window: MessageWindow, message: Message): MessageWindow {
  return closeGap({ ...window, ahead: [...window.ahead, message].sort((a, b) => a.rev - b.rev) });
}

/** Applies the changes that arrived early, as far as none is missing. */
function closeGap(window: MessageWindow): MessageWindow {
  let { rev } = window;
  for (const message of window.ahead) if (message.rev === rev + 1) rev = message.rev;
  return { ...window, rev, ahead: window.ahead.filter((message) => message.rev > rev) };
}
