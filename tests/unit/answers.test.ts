import { QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { keys } from '@/client/api/keys';
import { noteSeen } from '@/client/receipts/seen';
import { takeConversation } from '@/client/socket/answers';
import { dispatch, readConversation } from '@/client/state/cache';
import type { Conversation } from '@/lib/domain/conversations/schema';
import { ada, grace, message, participant, room, roomId } from '@/tests/unit/cast';

let client: QueryClient;

/** The state at the time of the request. */
function shows(conversation: Conversation): Conversation {
  client.setQueryData(keys.conversations, { nextCursor: null, conversations: [conversation] });
  return conversation;
}

const shown = () => readConversation(client, roomId) as Conversation;
const graceOf = ({ participants }: Conversation) => participants.find(({ user }) => user.id === grace.id);

beforeEach(() => {
  client = new QueryClient();
  client.setQueryData(keys.me, ada);
});

const mine = (conversation: Conversation, changes: Partial<NonNullable<Conversation['me']>>): Conversation => ({
  ...conversation,
  me: { ...(conversation.me as NonNullable<Conversation['me']>), ...changes },
});

describe('an answer that is older than an event that arrived before it', () => {
  it('does not undo reads that happened meanwhile', () => {
    const before = shows(mine(room([message(1)]), { lastReadSeq: 0, unreadCount: 1, mentionCount: 1 }));
    dispatch(client, {
      name: 'read.updated',
      payload: { conversationId: roomId, lastReadSeq: 1, unreadCount: 0, mentionCount: 0, version: 1 },
    });
    takeConversation(client, before, before);
    expect(shown().me).toMatchObject({ lastReadSeq: 1, unreadCount: 0, mentionCount: 0 });
  });

  it('counts messages after the reads that happened meanwhile', () => {
    const before = shows(mine(room([message(1)]), { lastReadSeq: 0, unreadCount: 1 }));
    dispatch(client, { name: 'read.seen', payload: { conversationId: roomId, seq: 1 } });
    takeConversation(client, mine(room([message(1), message(2)]), { lastReadSeq: 0, unreadCount: 2 }), before);
    expect(shown()).toMatchObject({ lastSeq: 2, me: { lastReadSeq: 1, unreadCount: 1 } });
  });

  it('does not undo a mark as unread that happened meanwhile', () => {
    const before = shows(mine(room([message(1), message(2)]), { lastReadSeq: 2, unreadCount: 0 }));
    dispatch(client, {
      name: 'read.updated',
      payload: { conversationId: roomId, lastReadSeq: 0, unreadCount: 2, mentionCount: 0, version: 1 },
    });
    takeConversation(client, mine(room([message(1), message(2), message(3)]), { lastReadSeq: 2, unreadCount: 1 }), before);
    expect(shown().me).toMatchObject({ lastReadSeq: 0, unreadCount: 3 });
  });

  it('does not undo another person’s watermark, name or picture', () => {
    const before = shows(room([message(1)]));
    const at = new Date().toISOString();
    dispatch(client, {
      name: 'message.read',
      payload: { conversationId: roomId, receipts: [{ userId: grace.id, seq: 1, at }] },
    });
    dispatch(client, {
      name: 'presence.changed',
      payload: { userId: grace.id, status: 'away', statusText: '', lastSeenAt: null },
    });
    takeConversation(client, before, before);
    expect(graceOf(shown())).toMatchObject({ lastReadSeq: 1, lastReadAt: at, lastDeliveredSeq: 1, user: { status: 'away' } });
  });
});

describe('an answer that was made before an event, and arrives after it', () => {
  it('does not undo a changed setting or role', () => {
    const before = shows(room());
    const me = { ...(before.me as NonNullable<Conversation['me']>), notify: 'none', role: 'admin' } as const;
    dispatch(client, { name: 'membership.updated', payload: { conversationId: roomId, me } });
    takeConversation(client, room(), before);
    expect(shown().me).toMatchObject({ notify: 'none', role: 'admin' });
  });

  it('does not undo a new name, picture or description', () => {
    const before = shows(room());
    const { me: _, ...renamed } = room([], {
      name: 'Boiler room',
      description: 'Warm',
      image: '/api/uploads/1',
      visibility: 'public',
    });
    dispatch(client, { name: 'conversation.updated', payload: { conversation: renamed } });
    takeConversation(client, room(), before);
    expect(shown()).toMatchObject({ name: 'Boiler room', description: 'Warm', image: '/api/uploads/1', visibility: 'public' });
  });

  it('does not bring back a person who left, nor lose one who joined', () => {
    const before = shows(room());
    const gone = participant(grace, { leftAt: '2026-11-02T00:00:00.000Z' });
    dispatch(client, { name: 'participant.left', payload: { conversationId: roomId, participant: gone } });
    takeConversation(client, room(), before);
    expect(graceOf(shown())).toBeUndefined();
  });

  it('brings what changed before the request, and was missed', () => {
    const before = shows(room());
    const me = { ...(before.me as NonNullable<Conversation['me']>), notify: 'none' } as const;
    dispatch(client, { name: 'membership.updated', payload: { conversationId: roomId, me } });
    takeConversation(client, room([], { name: 'Boiler room' }), before);
    expect(shown()).toMatchObject({ name: 'Boiler room', me: { notify: 'none' } });
  });
});

describe('an answer that nothing overtook', () => {
  it('equals the server’s state', () => {
    const before = shows(room([message(1)]));
    const someone = { ...grace, status: 'away' as const };
    const answer = mine(room([message(1), message(2)], { participants: [participant(ada), participant(someone)] }), {
      ...{ lastReadSeq: 0, unreadCount: 2, draft: 'From my phone' },
    });
    takeConversation(client, answer, before);
    expect(shown()).toMatchObject({ lastSeq: 2, me: { lastReadSeq: 0, unreadCount: 2, draft: 'From my phone' } });
    expect(graceOf(shown())?.user.status).toBe('away');
  });

  it('starts afresh for a person who left and came back', () => {
    const was = participant(grace, { lastReadSeq: 1, lastDeliveredSeq: 1 });
    const is = participant(grace, { joinedAt: '2026-11-02T00:00:00.000Z' });
    const before = shows(room([message(1)], { participants: [was] }));
    takeConversation(client, room([message(1)], { participants: [is] }), before);
    expect(graceOf(shown())).toEqual(is);
  });

  it('keeps reads that were not reported yet', () => {
    vi.stubGlobal('document', { visibilityState: 'visible', hasFocus: () => true });
    onTestFinished(() => void vi.unstubAllGlobals());
    const unread = mine(room([message(1)]), { lastReadSeq: 0, unreadCount: 1 });
    shows(unread);
    noteSeen(client, roomId, 1);
    takeConversation(client, unread, shown());
    expect(shown().me).toMatchObject({ lastReadSeq: 1, unreadCount: 0 });
  });
});
