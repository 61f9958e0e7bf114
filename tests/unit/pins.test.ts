import { describe, expect, test } from 'vitest';
import { mergeConversation } from '@/client/state/header';
import { applyEvent } from '@/client/state/reducer';
import type { ChatState } from '@/client/state/state';
import type { Pins } from '@/lib/domain/conversations/schema';
import type { Message } from '@/lib/domain/messages/schema';
import { ada, grace, message, room, stateOf } from '@/tests/unit/cast';

const by = { id: grace.id, name: grace.name, handle: grace.handle, image: null };
const pinned = (number: number, changes: Partial<Message> = {}) =>
  message(number, { pinnedAt: '2026-11-02T00:00:00.000Z', pinnedBy: by, ...changes });
const pins = (version: number, latest: Message | null, count = latest ? 1 : 0): Pins => ({ count, latest, version });
const pinsIn = (state: ChatState) => state.conversations[0]?.pins;

describe('the pins of a conversation', () => {
  test('follow pinning and unpinning, in whatever order the events come', () => {
    const first = { message: pinned(1, { rev: 3 }), change: 'pinned' as const, pins: pins(1, pinned(1, { rev: 3 })) };
    const last = { message: message(1, { rev: 4 }), change: 'unpinned' as const, pins: pins(2, null) };
    const state = applyEvent(stateOf([message(1), message(2)]), { name: 'message.updated', payload: last });
    const late = applyEvent(state, { name: 'message.updated', payload: first });
    expect(pinsIn(late)).toEqual(pins(2, null));
    expect(late.windows[room().id]?.messages[0]?.pinnedAt).toBeNull();
  });

  test('show an edit of the message that was pinned last, and a new name of its people', () => {
    const state = stateOf([pinned(1)], { pins: pins(1, pinned(1)) });
    const edited = pinned(1, { rev: 2, content: 'edited', editedAt: 'now' });
    const after = applyEvent(state, { name: 'message.edited', payload: { message: edited } });
    expect(pinsIn(after)?.latest?.content).toBe('edited');
    const renamed = applyEvent(after, { name: 'user.updated', payload: { user: { ...grace, name: 'Admiral' } } });
    expect(pinsIn(renamed)?.latest).toMatchObject({ sender: { name: 'Admiral' }, pinnedBy: { name: 'Admiral' } });
  });

  test('lose a message that is deleted, by the event of its deletion', () => {
    const state = stateOf([pinned(1), pinned(2)], { pins: pins(2, pinned(2), 2) });
    const deleted = message(2, { rev: 3, content: '', deletedAt: 'now' });
    const payload = { message: deleted, pins: pins(3, pinned(1)) };
    expect(pinsIn(applyEvent(state, { name: 'message.deleted', payload }))).toMatchObject({
      count: 1,
      latest: { content: 'message 1' },
    });
  });

  test('of an answer replace those of an older version only', () => {
    const known = room([message(1)], { pins: pins(5, pinned(1)) });
    expect(mergeConversation(known, room([message(1)], { pins: pins(4, null) })).pins).toBe(known.pins);
    expect(mergeConversation(known, room([message(1)], { pins: pins(6, null) })).pins).toEqual(pins(6, null));
    // A month was archived: that is no change of the pins, and has no version.
    expect(mergeConversation(known, room([message(1)], { pins: pins(5, null) })).pins).toEqual(pins(5, null));
  });

  test('keep what the reader reacted with', () => {
    const reactions = [{ emoji: '👍', count: 30, userIds: [], mine: true }];
    const state = stateOf([pinned(1)], { pins: pins(1, pinned(1, { reactions })) });
    const shared = pinned(1, { rev: 2, reactions: [{ emoji: '👍', count: 30, userIds: [] }] });
    const next = applyEvent(state, {
      name: 'message.updated',
      payload: { message: shared, change: 'pinned', pins: pins(2, shared) },
    });
    expect(pinsIn(next)?.latest?.reactions[0]?.mine).toBe(true);
    expect(next.me).toBe(ada.id);
  });
});
