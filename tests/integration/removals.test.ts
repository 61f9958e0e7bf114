import { expect, onTestFinished, test, vi } from 'vitest';
import { broadcastRemoved } from '@/lib/domain/conversations/broadcasts';
import { membersRoom, userRoom } from '@/lib/domain/rooms';
import { compareConversations } from '@/lib/doors/sockets/cluster/reconcile';
import { run } from '@/lib/platform/db/sql';
import { emit } from '@/lib/platform/realtime/emit';
import { currentIo, type Io } from '@/lib/platform/realtime/io';
import { insertGroup } from '@/tests/support/conversations';
import { createPerson } from '@/tests/support/people';
import { socketServer } from '@/tests/support/sockets';

// The database knows of a removal before its event, and a node may compare in between.

const sockets = socketServer();

/** Grace was removed, and this node found it out by comparing. */
async function foundOut() {
  const [ada, grace] = [await createPerson(), await createPerson()];
  const conversationId = await insertGroup([ada, grace]);
  const member = await sockets.connect(grace);
  await member.ask('conversation.join', { conversationId });
  // Before the node compares.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  await run('test_leave', 'UPDATE "Participant" SET "leftAt" = now() WHERE "conversationId" = $1 AND "userId" = $2', [
    ...[conversationId, grace.id],
  ]);
  await run('test_moved', 'UPDATE "Conversation" SET "memberRev" = "memberRev" + 1 WHERE id = $1', [conversationId]);
  await compareConversations(currentIo() as Io);
  const told = async () => {
    vi.advanceTimersByTime(5_000);
    vi.useRealTimers();
    return (await member.heardSoFar('conversation.removed', 'typing.user')).map(({ payload }) => payload);
  };
  return { grace, conversationId, told };
}

test('a person who left gets one event with that reason, even when the comparison noticed it first', async () => {
  const { grace, conversationId, told } = await foundOut();
  broadcastRemoved(conversationId, [grace.id], 'left');
  expect(await told()).toEqual([{ conversationId, reason: 'left' }]);
});

test('a removed person without an event is told by the comparison, and receives nothing from that moment on', async () => {
  const { grace, conversationId, told } = await foundOut();
  emit(membersRoom(conversationId), 'typing.user', { conversationId, userId: grace.id, name: 'Grace', isTyping: true });
  expect(await told()).toEqual([{ conversationId, reason: 'removed' }]);
});

test('a person who is a member again by then is not told', async () => {
  const { grace, conversationId, told } = await foundOut();
  currentIo()?.in(userRoom(grace.id)).socketsJoin(membersRoom(conversationId));
  expect(await told()).toEqual([]);
});
