import { describe, expect, it } from 'vitest';
import { applyEvent } from '@/client/state/reducer';
import type { ChatState } from '@/client/state/state';
import type { Membership } from '@/lib/domain/conversations/schema';
import { ada, idOf, message, roomId, stateOf } from '@/tests/unit/cast';

const mine = { sender: { id: ada.id, name: ada.name, handle: ada.handle, image: null } };
const received = (state: ChatState, ...messages: ReturnType<typeof message>[]) =>
  applyEvent(state, { name: 'message.received', payload: { conversationId: roomId, messages } });
const _contents = (state: ChatState) => state.windows[roomId]?.messages.map(({ content }) => content);

describe('unread', () => {
  const unread = (state: ChatState) => state.conversations[0]?.me?.unreadCount;

  it('counts the messages of others once', () => {
    const state = received(received(stateOf([message(1)]), message(2)), message(2), message(3));
    expect(unread(state)).toBe(2);
  });

  it('never counts own messages, and reads on through them', () => {
    const state = received(stateOf([message(1)]), message(2, mine));
    expect(state.conversations[0]?.me).toMatchObject({ unreadCount: 0, lastReadSeq: 2 });
  });

  it('stays where it was through an own message, when something was unread', () => {
    const state = received(received(stateOf([message(1)]), message(2)), message(3, mine));
    expect(state.conversations[0]?.me).toMatchObject({ unreadCount: 1, lastReadSeq: 1 });
  });

  it('never counts system messages', () => {
    const state = received(stateOf([message(1)]), message(2, { type: 'system', seq: 1, content: '' }));
    expect(unread(state)).toBe(0);
    expect(state.conversations[0]?.lastMessage?.id).toBe(idOf(1));
  });

  it('counts mentions', () => {
    const state = received(stateOf([message(1)]), message(2, { mentions: [ada.id] }));
    expect(state.conversations[0]?.me?.mentionCount).toBe(1);
  });

  it('equals the server’s count', () => {
    const payload = { conversationId: roomId, lastReadSeq: 0, unreadCount: 5, mentionCount: 2, version: 1 };
    const state = applyEvent(stateOf([message(5)]), { name: 'read.updated', payload });
    expect(state.conversations[0]?.me).toMatchObject({ lastReadSeq: 0, unreadCount: 5, mentionCount: 2 });
  });

  it('is above zero while another person’s last message is unread', () => {
    const payload = { conversationId: roomId, lastReadSeq: 1, unreadCount: 0, mentionCount: 0, version: 1 };
    const state = applyEvent(received(stateOf([message(1)]), message(2)), { name: 'read.updated', payload });
    expect(unread(state)).toBe(1);
  });

  it('follows the newest version, in any order of arrival', () => {
    const start = stateOf([message(5)]);
    const states = [
      { lastReadSeq: 2, unreadCount: 3, mentionCount: 1, version: 1 },
      { lastReadSeq: 5, unreadCount: 0, mentionCount: 0, version: 2 },
      { lastReadSeq: 3, unreadCount: 2, mentionCount: 0, version: 3 },
    ].map((read) => ({ conversationId: roomId, ...read }));
    for (const order of [states, states.toReversed(), [...states.slice(1), ...states]]) {
      const state = order.reduce((now, payload) => applyEvent(now, { name: 'read.updated', payload }), start);
      expect(state.conversations[0]?.me).toMatchObject({ lastReadSeq: 3, unreadCount: 2, mentionCount: 0, readVersion: 3 });
    }
  });

  it('follows the membership only if that is newer', () => {
    const start = stateOf([message(5)]);
    const me = start.conversations[0]?.me as Membership;
    const read = { conversationId: roomId, lastReadSeq: 5, unreadCount: 0, mentionCount: 0, version: 4 };
    const draft = { conversationId: roomId, draft: 'Newer', version: 2 };
    const events = [{ name: 'read.updated', payload: read } as const, { name: 'draft.updated', payload: draft } as const];
    const old = {
      ...me,
      notify: 'none' as const,
      lastReadSeq: 1,
      unreadCount: 4,
      readVersion: 3,
      draft: 'Older',
      draftVersion: 1,
    };
    const state = applyEvent(events.reduce(applyEvent, start), {
      name: 'membership.updated',
      payload: { conversationId: roomId, me: old },
    });
    const newest = { lastReadSeq: 5, unreadCount: 0, readVersion: 4, draft: 'Newer', draftVersion: 2 };
    expect(state.conversations[0]?.me).toMatchObject({ notify: 'none', ...newest });
  });

  it('is nothing once the end was seen', () => {
    const state = applyEvent(received(stateOf([message(1)]), message(2)), {
      name: 'read.seen',
      payload: { conversationId: roomId, seq: 2 },
    });
    expect(state.conversations[0]?.me).toMatchObject({ lastReadSeq: 2, unreadCount: 0 });
  });
});
