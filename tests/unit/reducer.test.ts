import { describe, expect, it } from 'vitest';
import { quoteOf } from '@/client/state/quotes';
import { applyEvent } from '@/client/state/reducer';
import type { ChatState } from '@/client/state/state';
import type { User } from '@/lib/domain/users/schema';
import { ada, grace, idOf, message, participant, room, roomId, stateOf, wholeWindow } from '@/tests/unit/cast';

const mine = { sender: { id: ada.id, name: ada.name, handle: ada.handle, image: null } };
const received = (state: ChatState, ...messages: ReturnType<typeof message>[]) =>
  applyEvent(state, { name: 'message.received', payload: { conversationId: roomId, messages } });
const contents = (state: ChatState) => state.windows[roomId]?.messages.map(({ content }) => content);

describe('messages', () => {
  it('are in the order of their ids, however they arrive', () => {
    const state = received(received(stateOf([message(1)]), message(3)), message(2));
    expect(contents(state)).toEqual(['message 1', 'message 2', 'message 3']);
  });

  it('are there once, however often they arrive', () => {
    const once = received(stateOf(), message(1));
    const twice = received(once, message(1));
    expect(twice).toBe(once);
  });

  it('keep a newer change when an older one comes late', () => {
    const edited = message(1, { rev: 3, content: 'as it is' });
    const late = message(1, { rev: 2, content: 'as it was' });
    const start = stateOf([message(1)]);
    const state = [edited, late].reduce(
      (now, one) => applyEvent(now, { name: 'message.edited', payload: { message: one } }),
      start,
    );
    expect(contents(state)).toEqual(['as it is']);
  });

  it('are not put beyond an end where others are missing', () => {
    const start = stateOf([message(5)]);
    const window = wholeWindow([message(5)], { prevCursor: idOf(5), nextCursor: idOf(5) });
    const state = received({ ...start, windows: { [roomId]: window } }, message(9));
    expect(contents(state)).toEqual(['message 5']);
    expect(state.conversations[0]?.lastMessage?.content).toBe('message 9');
  });

  it('keep track of changes that are missing', () => {
    const state = received(stateOf([message(1)]), message(3));
    expect(state.windows[roomId]).toMatchObject({ rev: 1, ahead: [{ rev: 3 }] });
    expect(received(state, message(2)).windows[roomId]).toMatchObject({ rev: 3, ahead: [] });
  });
});

describe('quotes', () => {
  const target = message(1);
  const quote = quoteOf(target);
  const reply = message(2, { replyTo: quote });

  it('follow their target', () => {
    const edited = { ...target, rev: 3, content: 'changed' };
    const state = applyEvent(stateOf([target, reply]), { name: 'message.edited', payload: { message: edited } });
    expect(state.windows[roomId]?.messages[1]?.replyTo?.content).toBe('changed');
  });

  it('say that their target was deleted', () => {
    const gone = { ...target, rev: 3, content: '', deletedAt: '2026-11-02T00:00:00.000Z' };
    const state = applyEvent(stateOf([target, reply]), { name: 'message.deleted', payload: { message: gone } });
    expect(state.windows[roomId]?.messages[1]?.replyTo).toMatchObject({ content: '', deletedAt: gone.deletedAt });
  });

  it('follow a target that is not on screen, and not backwards', () => {
    const start: ChatState = {
      ...stateOf([target, reply]),
      windows: { [roomId]: wholeWindow([reply], { prevCursor: reply.id }) },
    };
    const revs = [4, 3].map((rev) => ({ ...target, rev, content: `rev ${rev}` }));
    const state = revs.reduce((now, one) => applyEvent(now, { name: 'message.edited', payload: { message: one } }), start);
    expect(state.windows[roomId]?.messages[0]?.replyTo?.content).toBe('rev 4');
  });
});

describe('reactions', () => {
  const crowd = Array.from({ length: 20 }, (_, index) => `id-${index}`);
  const react = (state: ChatState, rev: number, userId: string, added: boolean, count = 21) =>
    applyEvent(state, {
      name: 'reaction.updated',
      payload: {
        message: message(1, { rev, reactions: [{ emoji: '👍', count, userIds: crowd }] }),
        change: { userId, emoji: '👍', added },
      },
    });
  const isMine = (state: ChatState) => state.windows[roomId]?.messages[0]?.reactions[0]?.mine;

  it('are mine when I am among those listed', () => {
    const reacted = message(1, { rev: 2, reactions: [{ emoji: '👍', count: 1, userIds: [ada.id] }] });
    const change = { userId: ada.id, emoji: '👍', added: true };
    const state = applyEvent(stateOf([message(1)]), { name: 'reaction.updated', payload: { message: reacted, change } });
    expect(isMine(state)).toBe(true);
  });

  it('stay mine in a crowd that is not listed whole, until I take mine back', () => {
    const own = react(stateOf([message(1)]), 2, ada.id, true);
    expect(isMine(own)).toBe(true);
    const others = react(own, 3, grace.id, true, 22);
    expect(isMine(others)).toBe(true);
    expect(isMine(react(others, 4, ada.id, false))).toBe(false);
  });
});

describe('names', () => {
  const renamed = { ...grace, name: 'Rear Admiral Hopper', handle: 'admiral', image: '/api/uploads/1/picture' };
  const update = (state: ChatState, user: User = renamed) => applyEvent(state, { name: 'user.updated', payload: { user } });

  it('are called alike wherever they are shown', () => {
    const metadata = { action: 'added', actorId: ada.id, userIds: [grace.id], names: { [grace.id]: grace.name } };
    const reply = message(2, { ...mine, replyTo: quoteOf(message(1)) });
    const added = message(3, { ...mine, type: 'system', seq: 2, content: '', metadata });
    const start = stateOf([message(1), reply, added], { lastMessage: message(1) });
    const state = update({ ...start, rosters: { [roomId]: [participant(ada), participant(grace)] } });
    expect(JSON.stringify(state)).not.toContain(grace.name);
    expect(JSON.stringify(state.rosters)).toContain(renamed.name);
    expect(state.windows[roomId]?.messages[2]?.metadata?.names).toEqual({ [grace.id]: renamed.name });
  });

  it('stay the same objects when nothing of them is different', () => {
    const start = stateOf([message(1), message(2, { replyTo: quoteOf(message(1)) })]);
    expect(update(start, grace)).toBe(start);
    expect(update(start, { ...renamed, id: 'id-nobody' })).toBe(start);
    const { windows } = update(start, { ...ada, name: 'Countess' });
    expect(windows).toBe(start.windows);
  });

  it('keep their status, which comes with presence', () => {
    const online = stateOf([], { participants: [participant({ ...grace, status: 'online' })] });
    expect(update(online).conversations[0]?.participants[0]?.user).toMatchObject({ name: renamed.name, status: 'online' });
  });
});

describe('readers', () => {
  const faces = (state: ChatState) => state.conversations[0]?.participants.map(({ lastReadSeq }) => lastReadSeq);
  const read = (adaSeq: number, graceSeq: number) => ({
    participants: [participant(ada, { lastReadSeq: adaSeq }), participant(grace, { lastReadSeq: graceSeq })],
  });

  it('count an own message as read by an author who had read everything', () => {
    expect(faces(received(stateOf([message(1)], read(0, 1)), message(2)))).toEqual([0, 2]);
  });

  it('leave the watermark of an author who had not', () => {
    expect(faces(received(stateOf([message(2)], read(0, 1)), message(3)))).toEqual([0, 1]);
  });
});

describe('conversations', () => {
  it('are sorted by their newest message', () => {
    const other = room([message(9)], { id: 'other' });
    const state = { ...stateOf([message(1)]), conversations: [other, room([message(1)])] };
    expect(received(state, message(20)).conversations.map(({ id }) => id)).toEqual([roomId, 'other']);
  });

  it('keep the reader’s own fields after an event to everybody', () => {
    const { me: _me, ...update } = room([message(1)], { name: 'Renamed' });
    const state = applyEvent(stateOf([message(1)]), { name: 'conversation.updated', payload: { conversation: update } });
    expect(state.conversations[0]).toMatchObject({ name: 'Renamed', me: { role: 'member' } });
  });

  it('are ignored in an event to everybody when the reader is not in them', () => {
    const { me: _me, ...update } = room([], { id: 'foreign' });
    const start = stateOf();
    expect(applyEvent(start, { name: 'conversation.updated', payload: { conversation: update } })).toBe(start);
  });

  it('leave nothing behind when they are removed', () => {
    const state = applyEvent(stateOf([message(1)]), {
      name: 'conversation.removed',
      payload: { conversationId: roomId, reason: 'removed' },
    });
    expect(state).toMatchObject({ conversations: [], windows: {} });
  });

  it('are not replaced by an older answer', () => {
    const state = applyEvent(received(stateOf([message(1)]), message(2)), {
      name: 'conversation.updated',
      payload: { conversation: room([message(1)]) },
    });
    expect(state.conversations[0]).toMatchObject({ lastSeq: 2, me: { unreadCount: 1 } });
  });
});

describe('people', () => {
  it('only ever move their watermarks forward', () => {
    const start = { ...stateOf(), rosters: { [roomId]: [participant(ada), participant(grace)] } };
    const read = (state: ChatState, seq: number) =>
      applyEvent(state, {
        name: 'message.read',
        payload: { conversationId: roomId, receipts: [{ userId: grace.id, seq, at: '' }] },
      });
    const state = read(read(start, 5), 3);
    expect(state.rosters[roomId]?.[1]).toMatchObject({ lastReadSeq: 5, lastDeliveredSeq: 5 });
    expect(state.conversations[0]?.participants[1]?.lastReadSeq).toBe(5);
  });

  it('come and go', () => {
    const start = { ...stateOf(), rosters: { [roomId]: [participant(ada)] } };
    const joined = applyEvent(start, {
      name: 'participant.joined',
      payload: { conversationId: roomId, participant: participant(grace) },
    });
    expect(joined.rosters[roomId]).toHaveLength(2);
    const left = applyEvent(joined, {
      name: 'participant.left',
      payload: { conversationId: roomId, participant: participant(grace, { leftAt: '2026-11-02T00:00:00.000Z' }) },
    });
    expect(left.rosters[roomId]).toHaveLength(1);
  });

  it('are online everywhere at once', () => {
    const presence = { userId: grace.id, status: 'online' as const, statusText: 'In', lastSeenAt: null };
    const state = applyEvent(stateOf(), { name: 'presence.changed', payload: presence });
    expect(state.conversations[0]?.participants[1]?.user).toMatchObject({ status: 'online', statusText: 'In' });
  });
});
