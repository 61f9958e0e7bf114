import { dateQuote } from '@/client/state/quotes';
import type { ServerPayloads } from '@/lib/domain/contract';
import type { Conversation } from '@/lib/domain/conversations/schema';
import type { Message, MessagePage } from '@/lib/domain/messages/schema';
import type { Participant } from '@/lib/domain/participants/schema';

/** A part of a conversation's history without gaps, sorted by id. */
export interface MessageWindow {
  messages: Message[];
  /** the cursor of older messages; null at the beginning */
  prevCursor: string | null;
  /** the cursor of newer messages; null at the live end */
  nextCursor: string | null;
  /** it includes every change up to this one */
  rev: number;
  /** changes that arrived before a missing one, by rev */
  ahead: Message[];
}

/** The browser's copy of the server's state, as plain data. */
export interface ChatState {
  /** the signed-in user's id */
  me: string;
  conversations: Conversation[];
  windows: Record<string, MessageWindow>;
  rosters: Record<string, Participant[]>;
}

/** Events of this browser besides the server's: reads that the server has not confirmed yet. */
export interface LocalPayloads {
  'read.seen': { conversationId: string; seq: number };
}

export type Payloads = ServerPayloads & LocalPayloads;
export type EventName = keyof Payloads;
export type ChatEvent = { [Name in EventName]: { name: Name; payload: Payloads[Name] } }[EventName];

/** The reducer of each event. It returns the same state when nothing changes. The compiler requires one for every name. */
export type Reducers<Names extends EventName> = {
  [Name in Names]: (state: ChatState, payload: Payloads[Name]) => ChatState;
};

/** The state of one noun: its initial parts, and the reducers of its events. */
export interface Slice<Names extends EventName, Part extends keyof ChatState = never> {
  initial: Pick<ChatState, Part>;
  reduce: Reducers<Names>;
}

/**
 * A window of a page.
 * @param rev the conversation's `lastRev`, read before the page: changes in between are requested again
 */
export function windowOf(page: MessagePage, rev: number): MessageWindow {
  return { messages: page.messages.map(dateQuote), prevCursor: page.prevCursor, nextCursor: page.nextCursor, rev, ahead: [] };
}

/** Whether the conversation has changes that its window lacks. */
export function isBehind(window: MessageWindow, conversation: Conversation | undefined): boolean {
  return window.ahead.length > 0 || (conversation !== undefined && conversation.lastRev > window.rev);
}
