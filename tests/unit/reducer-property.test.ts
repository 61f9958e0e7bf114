import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type DatedQuote, quoteOf } from '@/client/state/quotes';
import { applyEvent } from '@/client/state/reducer';
import { upsertConversation } from '@/client/state/slices/conversations';
import { type ChatEvent, type ChatState, isBehind, type MessageWindow } from '@/client/state/state';
import { applyChanges } from '@/client/state/window';
import type { Conversation, Pins } from '@/lib/domain/conversations/schema';
import type { Message } from '@/lib/domain/messages/schema';
import { ada, grace, idOf, message, room, roomId, stateOf } from '@/tests/unit/cast';

/** As in Zulip: applying the events to the old state gives the state that would be fetched. */

type Act =
  | { kind: 'send'; own: boolean; replyTo: number | null }
  | { kind: 'edit' | 'delete' | 'react' | 'pin'; target: number; by: string };

const people = [ada.id, grace.id];
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constant('send' as const), own: fc.boolean(), replyTo: fc.option(fc.nat(20)) }),
  fc.record({
    kind: fc.constantFrom('edit' as const, 'delete' as const, 'react' as const, 'pin' as const),
    target: fc.nat(20),
    by: fc.constantFrom(...people),
  }),
);

/** A minimal server: it stores messages, counts changes, and emits events. */
class Server {
  messages: Message[] = [];
  rev = 0;
  /** in the order in which they were pinned */
  pinned: string[] = [];
  pinVersion = 0;

  do(done: Act): ChatEvent | null {
    if (done.kind === 'send') return this.#send(done.own, done.replyTo);
    const target = this.messages[done.target % Math.max(1, this.messages.length)];
    if (!target || target.deletedAt) return null;
    this.rev += 1;
    if (done.kind === 'react') return this.#react(target, done.by);
    if (done.kind === 'pin') return this.#pin(target);
    if (done.kind === 'delete') return this.#delete(target);
    this.#change(target, { content: `edited ${this.rev}`, editedAt: 'now' });
    return { name: 'message.edited', payload: { message: this.shape(target.id) } };
  }

  /** The shape in events: with the current quote, and without `mine`. */
  shape(id: string): Message {
    const found = this.messages.find((one) => one.id === id) as Message;
    const target = this.messages.find((one) => one.id === found.replyTo?.id);
    const replyTo = target ? quoteOf(target) : null;
    return structuredClone({ ...found, replyTo });
  }

  pins(): Pins {
    const last = this.pinned.at(-1);
    return { count: this.pinned.length, latest: last ? this.shape(last) : null, version: this.pinVersion };
  }

  /** The conversation, as an answer has it. */
  conversation(): Conversation {
    const { latest, ...pins } = this.pins();
    return room(this.messages, { lastRev: this.rev, pins: { ...pins, latest: latest && withMine(latest) } });
  }

  fetch(): Message[] {
    return this.messages.map(({ id }) => withMine(this.shape(id)));
  }

  #send(own: boolean, replyTo: number | null): ChatEvent {
    this.rev += 1;
    const number = this.messages.length + 1;
    const sender = own ? { id: ada.id, name: ada.name, handle: ada.handle, image: null } : message(1).sender;
    const target = replyTo === null ? undefined : this.messages[replyTo % Math.max(1, this.messages.length)];
    const quote = target ? quoteOf(target) : null;
    this.messages.push(message(number, { rev: this.rev, sender, replyTo: quote }));
    return { name: 'message.received', payload: { conversationId: roomId, messages: [this.shape(idOf(number))] } };
  }

  #react(target: Message, by: string): ChatEvent {
    const before = target.reactions[0]?.userIds ?? [];
    const added = !before.includes(by);
    const userIds = added ? [...before, by] : before.filter((id) => id !== by);
    this.#change(target, { reactions: userIds.length > 0 ? [{ emoji: '👍', count: userIds.length, userIds }] : [] });
    return {
      name: 'reaction.updated',
      payload: { message: this.shape(target.id), change: { userId: by, emoji: '👍', added } },
    };
  }

  /** Pins what is not pinned, and unpins what is. */
  #pin(target: Message): ChatEvent {
    const isPinned = this.pinned.includes(target.id);
    this.#unpin(target.id);
    if (!isPinned) this.pinned.push(target.id);
    this.pinVersion += 1;
    this.#change(target, isPinned ? unpinned : { pinnedAt: 'now', pinnedBy: target.sender });
    const change = isPinned ? 'unpinned' : 'pinned';
    return { name: 'message.updated', payload: { message: this.shape(target.id), change, pins: structuredClone(this.pins()) } };
  }

  #delete(target: Message): ChatEvent {
    const wasPinned = this.pinned.includes(target.id);
    if (wasPinned) this.pinVersion += 1;
    this.#unpin(target.id);
    this.#change(target, { content: '', deletedAt: 'now', reactions: [], ...unpinned });
    const pins = wasPinned ? { pins: structuredClone(this.pins()) } : {};
    return { name: 'message.deleted', payload: { message: this.shape(target.id), ...pins } };
  }

  #unpin(id: string): void {
    this.pinned = this.pinned.filter((one) => one !== id);
  }

  #change(target: Message, changes: Partial<Message>): void {
    this.messages = this.messages.map((one) => (one.id === target.id ? { ...one, ...changes, rev: this.rev } : one));
  }
}

const unpinned = { pinnedAt: null, pinnedBy: null };

const withMine = (one: Message) => ({
  ...one,
  reactions: one.reactions.map((reaction) => ({ ...reaction, mine: reaction.userIds.includes(ada.id) })),
});

/** Without the revs that only quotes in the browser have. */
const plainRows = (window: MessageWindow | undefined) =>
  window?.messages.map((one) => {
    if (!one.replyTo) return withMine(one);
    const { rev: _, ...replyTo }: DatedQuote = one.replyTo;
    return withMine({ ...one, replyTo });
  });

/** A client's reaction to a gap: it fetches all changes after its rev. */
function catchUp(state: ChatState, server: Server): ChatState {
  const window = state.windows[roomId];
  if (!window || !isBehind(window, room([], { lastRev: server.rev }))) return state;
  const messages = server
    .fetch()
    .filter(({ rev }) => rev > window.rev)
    .sort((a, b) => a.rev - b.rev);
  const page = { messages, rev: server.rev, more: false, reset: false, conversation: server.conversation() };
  const next = { ...state, windows: { [roomId]: applyChanges(window, page, ada.id) } };
  return upsertConversation(next, page.conversation, state.conversations[0]);
}

/** The pins of the conversation, without the freshness of quotes. */
const pinsIn = (state: ChatState) => {
  const { latest = null, ...pins } = state.conversations[0]?.pins ?? {};
  const [plain = null] = latest ? (plainRows({ messages: [latest] } as unknown as MessageWindow) ?? []) : [];
  return { ...pins, latest: plain && withoutQuote(plain) };
};

/** A header’s message keeps the quote that it came with: only its row shows the quoted message as it is now. */
const withoutQuote = (one: Message) => ({ ...one, replyTo: null });

const pinsOf = (server: Server) => {
  const { latest, ...pins } = server.conversation().pins ?? {};
  return { ...pins, latest: latest ? withoutQuote(latest) : null };
};

const history = (acts: Act[]) => {
  const server = new Server();
  const events = acts.flatMap((one) => server.do(one) ?? []);
  return { server, events };
};

it('events in order lead to the server’s state', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const { server, events } = history(acts);
      const state = events.reduce(applyEvent, stateOf());
      expect(plainRows(state.windows[roomId])).toEqual(server.fetch());
      expect(state.windows[roomId]).toMatchObject({ rev: server.rev, ahead: [] });
      const fetched = room(server.messages);
      expect(state.conversations[0]).toMatchObject({ lastSeq: fetched.lastSeq, lastRev: server.rev });
      expect(state.conversations[0]?.lastMessage?.content).toBe(fetched.lastMessage?.content);
      expect(pinsIn(state)).toEqual(pinsOf(server));
    }),
  );
});

it('events in any order, with repetitions, lead to the server’s state', () => {
  const shuffled = fc.array(act, { maxLength: 25 }).chain((acts) => {
    const { server, events } = history(acts);
    const doubled = [...events, ...events];
    return fc.shuffledSubarray(doubled, { minLength: doubled.length }).map((order) => ({ server, order }));
  });
  fc.assert(
    fc.property(shuffled, ({ server, order }) => {
      const state = order.reduce(applyEvent, stateOf());
      expect(plainRows(state.windows[roomId])).toEqual(server.fetch());
      expect(state.windows[roomId]).toMatchObject({ rev: server.rev, ahead: [] });
      expect(pinsIn(state)).toEqual(pinsOf(server));
    }),
  );
});

it('events with losses lead to the server’s state after catching up', () => {
  const lossy = fc.array(act, { maxLength: 25 }).chain((acts) => {
    const { server, events } = history(acts);
    return fc.shuffledSubarray(events).map((order) => ({ server, order }));
  });
  fc.assert(
    fc.property(lossy, ({ server, order }) => {
      const state = catchUp(order.reduce(applyEvent, stateOf()), server);
      expect(plainRows(state.windows[roomId])).toEqual(server.fetch());
      expect(state.windows[roomId]).toMatchObject({ rev: server.rev, ahead: [] });
      expect(pinsIn(state)).toEqual(pinsOf(server));
    }),
  );
});

it('applying an event again changes nothing', () => {
  fc.assert(
    fc.property(fc.array(act, { minLength: 1, maxLength: 25 }), (acts) => {
      const { events } = history(acts);
      const state = events.reduce(applyEvent, stateOf());
      const again = events.reduce(applyEvent, state);
      expect(again.windows[roomId]).toBe(state.windows[roomId]);
      expect(again.conversations[0]?.me).toEqual(state.conversations[0]?.me);
    }),
  );
});
