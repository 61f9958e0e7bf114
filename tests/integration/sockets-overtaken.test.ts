import { expect, test, vi } from 'vitest';
import { chatRoom, membersRoom } from '@/lib/domain/rooms';
import { pool } from '@/lib/platform/db/pool';
import { currentIo, type Io } from '@/lib/platform/realtime/io';
import type { Client } from '@/tests/support/client';
import { insertGroup } from '@/tests/support/conversations';
import { createPerson } from '@/tests/support/people';
import { socketServer, tokenFor } from '@/tests/support/sockets';

const sockets = socketServer();
const io = () => currentIo() as Io;
const isIn = (room: string, client: Client) =>
  io()
    .of('/')
    .adapter.rooms.get(room)
    ?.has(client.socket.id ?? '') ?? false;

test.each(['of which it hears', 'of which no word came'])(
  'a removal that overtakes conversation.join, %s, leaves no socket in the room',
  async (heard) => {
    const [ada, grace] = [await createPerson(), await createPerson()];
    const insert = () => insertGroup([ada, grace], 'PUBLIC');
    const early = heard === 'of which it hears' ? await insert() : null;
    const [admin, member] = [await sockets.connect(ada), await sockets.connect(grace)];
    await member.ask('conversation.heads', {});
    const conversationId = early ?? (await insert());
    expect(isIn(membersRoom(conversationId), member)).toBe(early !== null);
    const query = pool().query.bind(pool()) as (statement: unknown) => Promise<unknown>;
    // The membership lookup finds her; she is removed before the result is used.
    const lookup = vi.spyOn(pool(), 'query').mockImplementationOnce(async (statement: unknown) => {
      const found = await query(statement);
      await admin.ask('participant.remove', { conversationId, userId: grace.id });
      return found;
    });
    expect(await member.code('conversation.join', { conversationId })).toBe('NOT_FOUND');
    expect(lookup).toHaveBeenCalled();
    lookup.mockRestore();
    expect(isIn(chatRoom(conversationId), member)).toBe(false);
    expect(isIn(membersRoom(conversationId), member)).toBe(false);
  },
);

test('a membership change during a handshake is applied: an added person is in and gets the event, a removed one is out', async () => {
  const [ada, grace] = [await createPerson(), await createPerson()];
  const admin = await sockets.connect(ada);
  const [gained, lost] = [await insertGroup([ada]), await insertGroup([ada, grace])];
  // Runs after the server's own middleware: the rooms are looked up, and the socket is not connected yet.
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    io().use((socket, next) => {
      if (socket.data.userId !== grace.id) return next();
      resolve();
      gate.then(() => next());
    });
  });
  const late = sockets.dial({ token: (await tokenFor(grace)).token });
  const arriving = late.connected();
  await reached;
  await admin.ask('participant.add', { conversationId: gained, userIds: [grace.id] });
  await admin.ask('participant.remove', { conversationId: lost, userId: grace.id });
  open();
  await arriving;
  expect((await late.hear('conversation.created')).conversation).toMatchObject({ id: gained, me: { role: 'member' } });
  await late.ask('conversation.heads', {});
  expect(isIn(membersRoom(gained), late)).toBe(true);
  expect(isIn(membersRoom(lost), late)).toBe(false);
});
