import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Device } from '@/tests/chaos/support/device';
import { type Mutation, ownCountAsUnread, withMutation } from '@/tests/chaos/support/mutation';
import { nextMessage, sendEach } from '@/tests/chaos/support/outbox';
import type { Person } from '@/tests/chaos/support/people';
import { random, scaled } from '@/tests/chaos/support/scale';
import { type Room, Stage } from '@/tests/chaos/support/stage';

const minutes = 60_000;

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.of(5);
}, 2 * minutes);

afterEach(() => stage.clear());

afterAll(() => stage.end(), minutes);

/** Performs random actions that may change unread counts. Refusals are fine, because only the counts are checked. */
async function actAtRandom(device: Device, { id: conversationId, history }: Room): Promise<void> {
  for (let time = 0; time < scaled(40, 400); time += 1) {
    const rows = await stage.tables.messages(conversationId);
    const { id: messageId, seq } = rows.length > 0 ? random.pick(rows) : { id: '', seq: 1 };
    const say = () => device.ask('message.send', nextMessage(device, history, conversationId).message);
    const acts: (() => Promise<unknown>)[] = [
      ...[say, say, say],
      () => device.ask('message.read', { conversationId, seq }),
      () => device.ask('message.unread', { conversationId, seq }),
      () => device.ask('message.edit', { messageId, content: 'changed' }),
      () => device.ask('message.delete', { messageId }),
      () => device.ask('participant.remove', { conversationId, userId: device.person.id }),
      () => device.ask('participant.join', { conversationId }),
    ];
    await random.pick(acts)();
  }
}

/** @returns the people whose unread count is not the number of others' messages after their read pointer */
async function miscounted(mutation: Mutation): Promise<string[]> {
  const people = stage.people.slice(0, 4);
  const room = await stage.room(people, 'public');
  const devices = await stage.devices([], people);
  await withMutation(stage.tables, mutation, async () => {
    await Promise.all(devices.map((device) => actAtRandom(device, room)));
    // Finally everybody is a member, has unread messages, and sends some.
    for (const device of devices) await device.ask('participant.join', { conversationId: room.id });
    await sendEach(devices, room.history, room.id, 2, 1);
  });
  const rows = await stage.tables.messages(room.id);
  const wrong = devices.map(async (device) => {
    const answer = await device.ask('participant.join', { conversationId: room.id });
    if (!answer?.ok || !answer.data.conversation.me) throw new Error(`${device.person.name} is not in.`);
    const { lastReadSeq, unreadCount } = answer.data.conversation.me;
    const unread = rows.filter(({ seq, senderId }) => seq > lastReadSeq && senderId !== device.person.id).length;
    return unread === unreadCount ? [] : [`${device.person.name} has ${unread} unread and is told ${unreadCount}`];
  });
  return (await Promise.all(wrong)).flat();
}

test('unread counts equal the messages of others after the pointer, after any interleaving', {
  timeout: 3 * minutes,
}, async () => {
  expect(await miscounted({})).toEqual([]);
});

test('own messages that count as unread are found', { timeout: 3 * minutes }, async () => {
  expect(await miscounted(ownCountAsUnread)).not.toEqual([]);
});

/** Tries to read a conversation as an outsider. @returns the routes and events that leaked something */
async function leaks(person: Person, { id: conversationId, history }: Room, insider: Device): Promise<string[]> {
  const found: string[] = [];
  const [device] = await stage.devices([], [person]);
  device?.socket.onAny((event: string, payload: unknown) => {
    if (JSON.stringify(payload).includes(conversationId)) found.push(`heard ${event}`);
  });
  for (const event of ['conversation.join', 'message.history', 'message.changes', 'participant.list'] as const) {
    const answer = await device?.ask(event, { conversationId, since: event === 'message.changes' ? 0 : undefined });
    if (answer?.ok) found.push(`was answered ${event}`);
  }
  for (const path of ['', `/${conversationId}`, `/${conversationId}/messages`, `/${conversationId}/changes?since=0`]) {
    const headers = { authorization: `Bearer ${person.token}` };
    const answer = await fetch(`${stage.server.origin}/api/conversations${path}`, { headers });
    if ((await answer.text()).includes(conversationId)) found.push(`read ${path || 'it in the list'}`);
  }
  await sendEach([insider], history, conversationId, 1);
  // Its ack arrives after all events that were sent to this connection before it.
  await device?.ask('conversation.heads', {});
  return found;
}

test('an outsider receives nothing from any route or event; an outsider let in by a fault is found everywhere', async () => {
  const [outsider, ...insiders] = stage.people;
  if (!outsider) throw new Error('There is nobody.');
  const room = await stage.room(insiders);
  const [insider] = await stage.devices([room], insiders.slice(0, 1));
  expect(await leaks(outsider, room, insider as Device)).toEqual([]);
  await stage.tables.query(`INSERT INTO "Participant" ("conversationId", "userId") VALUES ($1, $2)`, [room.id, outsider.id]);
  const found = await leaks(outsider, room, insider as Device);
  expect(found).toEqual([
    ...['was answered conversation.join', 'was answered message.history', 'was answered message.changes'],
    ...['was answered participant.list', 'read it in the list', `read /${room.id}`, `read /${room.id}/messages`],
    ...[`read /${room.id}/changes?since=0`, 'heard message.received'],
  ]);
});
