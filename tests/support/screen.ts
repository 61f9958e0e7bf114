import { sortConversations } from '@/client/state/header';
import type { DatedQuote } from '@/client/state/quotes';
import { applyEvent, initialState } from '@/client/state/reducer';
import { type ChatEvent, type ChatState, windowOf } from '@/client/state/state';
import type { ServerEventName } from '@/lib/domain/contract';
import { listConversations } from '@/lib/domain/conversations/conversation';
import { listConversationsSchema } from '@/lib/domain/conversations/schema';
import { listMessages } from '@/lib/domain/messages/message';
import { historySchema, type Message } from '@/lib/domain/messages/schema';
import { listParticipants } from '@/lib/domain/participants/participant';
import { listParticipantsSchema } from '@/lib/domain/participants/schema';
import type { Client } from '@/tests/support/client';
import type { Person } from '@/tests/support/people';

/** The state of a person's browser: what it fetched once, and every event since, applied by the browser's own reducer. */
export class Screen {
  #state: ChatState;
  #applied: number;

  private constructor(
    readonly person: Person,
    readonly socket: Client,
    state: ChatState,
  ) {
    this.#state = state;
    this.#applied = socket.log.length;
  }

  /** All conversations of this person, opened, with the presence of these people. */
  static async open(person: Person, socket: Client, watched: Person[]): Promise<Screen> {
    await socket.ask('presence.subscribe', { userIds: watched.map(({ id }) => id) });
    const state = await fetchState(person.id);
    for (const conversationId of Object.keys(state.windows)) await socket.ask('conversation.join', { conversationId });
    return new Screen(person, socket, state);
  }

  /**
   * The state after all events that were sent to this socket until now.
   * @param lost an event that is dropped
   */
  async shown(lost?: ServerEventName): Promise<ChatState> {
    await this.socket.heardSoFar();
    const heard = this.socket.log.slice(this.#applied);
    this.#applied = this.socket.log.length;
    for (const { event, payload } of heard)
      if (event !== lost) this.#state = applyEvent(this.#state, { name: event, payload } as ChatEvent);
    return comparable(this.#state);
  }

  /** The state that it would fetch now, for the conversations it has open. */
  async fetched(): Promise<ChatState> {
    const state = await fetchState(this.person.id);
    const isOpen = ([id]: [string, unknown]) => id in this.#state.windows;
    return comparable({
      ...state,
      windows: Object.fromEntries(Object.entries(state.windows).filter(isOpen)),
      rosters: Object.fromEntries(Object.entries(state.rosters).filter(isOpen)),
    });
  }
}

async function fetchState(userId: string): Promise<ChatState> {
  const { conversations } = await listConversations(userId, listConversationsSchema.parse({}));
  const windows: ChatState['windows'] = {};
  const rosters: ChatState['rosters'] = {};
  for (const { id, lastRev } of conversations) {
    windows[id] = windowOf(await listMessages(userId, id, historySchema.parse({})), lastRev);
    rosters[id] = (await listParticipants(userId, id, listParticipantsSchema.parse({ limit: 100 }))).participants;
  }
  return { ...initialState(userId), conversations: sortConversations(conversations), windows, rosters };
}

/** Without the revs that only quotes in the browser have. */
function comparable(state: ChatState): ChatState {
  const plain = (message: Message): Message => {
    if (!message.replyTo) return message;
    const { rev: _, ...replyTo }: DatedQuote = message.replyTo;
    return { ...message, replyTo };
  };
  const windows = Object.entries(state.windows).map(([id, window]) => [
    id,
    { ...window, messages: window.messages.map(plain) },
  ]);
  const conversations = state.conversations.map((one) => ({
    ...one,
    lastMessage: one.lastMessage && plain(one.lastMessage),
    pins: one.pins && { ...one.pins, latest: one.pins.latest && plain(one.pins.latest) },
  }));
  return { ...state, conversations, windows: Object.fromEntries(windows) };
}
