import { dateQuote } from '@/client/state/quotes';
import type { ServerPayloads } from '@/lib/domain/contract';
import type { Conversation } from '@/lib/domain/conversations/schema';
import type { Message, MessagePage } from '@/lib/domain/messages/schema';
import type { Participant } from '@/lib/domain/participants/schema';

/** A stretch of a conversation's history without holes, by id. */
export interface MessageWindow {
  messages: Message[];
  /** continues to older ones; null when it reaches the beginning */
  prevCursor: string | null;
  /** continues to newer ones; null when it reaches the live end */
  nextCursor: string | null;
  /** every change up to this one is in it */
  rev: number;
  /** what came before something that is still missing, by rev */
  ahead: Message[];
}

/** What the browser knows of the server, as plain data. */
export interface ChatState {
  /** own user id */
  me: string;
  conversations: Conversation[];
  windows: Record<string, MessageWindow>;
  rosters: Record<string, Participant[]>;
}

/** Besides the server's events: what this browser has just seen, before the server confirms it. */
export interface LocalPayloads {
  'read.seen': { conversationId: string; seq: number };
}

export type Payloads = ServerPayloads & LocalPayloads;
export type EventName = keyof Payloads;
export type ChatEvent = { [Name in EventName]: { name: Name; payload: Payloads[Name] } }[EventName];

/** What each event makes of the state: the same state when nothing is different. Every name needs one to compile. */
export type Reducers<Names extends EventName> = {
  [Name in Names]: (state: ChatState, payload: Payloads[Name]) => ChatState;
};

/** What the browser knows of one noun: how its parts of the state begin, and what the noun's events make of the whole. */
export interface Slice<Names extends EventName, Part extends keyof ChatState = never> {
  initial: Pick<ChatState, Part>;
  reduce: Reducers<Names>;
}

/**
 * A page as a window.
 * @param rev the conversation's `lastRev`, read before the page was: what changed in between is then asked for again
 */
export function windowOf(page: MessagePage, rev: number): MessageWindow {
  return { messages: page.messages.map(dateQuote), prevCursor: page.prevCursor, nextCursor: page.nextCursor, rev, ahead: [] };
}

/** Whether something happened in the conversation that its window has not got. */
export function isBehind(window: MessageWindow, conversation: Conversation | undefined): boolean {
  return window.ahead.length > 0 || (conversation !== undefined && conversation.lastRev > window.rev);
}
