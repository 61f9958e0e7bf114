import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ClientRequests } from '@/lib/domain/requests';
import { table } from '@/lib/doors/sockets/table';
import type { Client } from '@/tests/support/client';
import { insertGroup } from '@/tests/support/conversations';
import { rows, whole } from '@/tests/support/hostile';
import { createPerson } from '@/tests/support/people';
import { socketServer } from '@/tests/support/sockets';

const sockets = socketServer();
const events = Object.keys(table) as (keyof ClientRequests)[];

/** JSON nested deeply enough to overflow the stack of a recursive reader. Socket.IO's client cannot send it. */
const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;

/** Values that no request accepts. */
const never: [string, unknown][] = [
  ['nothing', undefined],
  ['null', null],
  ['a number', 7],
  ['true', true],
  ['an empty text', ''],
  ['a text', 'hello'],
  ['a null byte', '\u0000'],
  ['an empty array', []],
  ['an array of objects', [{ conversationId: randomUUID() }]],
  ['bytes', Buffer.from('{"conversationId":"x"}')],
  ['an oversized text', 'x'.repeat(200_000)],
];

test.each(never)('%s is VALIDATION_FAILED for every event, and the socket stays open', async (_name, input) => {
  const client = await sockets.connect(await createPerson());
  const before = await rows();
  for (const event of events) {
    const answer = await client.answer(event, input);
    expect([event, answer]).toEqual([event, { ok: false, error: expect.objectContaining({ code: 'VALIDATION_FAILED' }) }]);
    expect(answer).toHaveProperty('error.fields');
  }
  expect(client.socket.connected).toBe(true);
  expect(await rows()).toEqual(before);
});

test('deep nesting is VALIDATION_FAILED for every event, and the socket stays open', async () => {
  const client = await sockets.connect(await createPerson());
  const metadata = `{"conversationId":"${randomUUID()}","clientMessageId":"d","content":"x","metadata":{"a":${deep}}}`;
  const asks = [...events.map((event) => [event, deep]), ['message.send', metadata]];
  const { engine } = client.socket.io;
  for (const [id, [event, input]] of asks.entries()) {
    const answer = new Promise<string>((resolve) => {
      engine.on('message', (data: string) => data.startsWith(`3${id}[`) && resolve(data));
    });
    engine.write(`2${id}["${event}",${input}]`);
    expect(await answer).toContain('VALIDATION_FAILED');
  }
  expect(client.socket.connected).toBe(true);
});

test('metadata of the maximum depth reaches everybody', async () => {
  const ada = await createPerson();
  const conversationId = await insertGroup([ada]);
  const client = await sockets.connect(ada);
  const metadata = JSON.parse(`{"a":${'['.repeat(2_000)}${']'.repeat(2_000)}}`) as unknown;
  await client.ask('message.send', { conversationId, clientMessageId: 'deep', content: 'x', metadata });
  expect((await client.hear('message.received')).messages[0]?.metadata).toEqual(metadata);
});

/** Wrong ids, which are tried in every request that has one. */
const wrongIds: [string, unknown][] = [
  ['no id', 'x'],
  ['an empty text', ''],
  ['null', null],
  ['a number', 1],
  ['an array', [randomUUID()]],
  ['an object', { $ne: null }],
  ['an id with a null byte', `${randomUUID()}\u0000`],
  ['an id with a line break', `${randomUUID()}\n`],
  ['SQL', "' OR 1=1 --"],
];

const idFields: [keyof ClientRequests, string][] = [
  ['conversation.join', 'conversationId'],
  ['conversation.leave', 'conversationId'],
  ['conversation.update', 'conversationId'],
  ['conversation.delete', 'conversationId'],
  ['message.send', 'conversationId'],
  ['message.history', 'conversationId'],
  ['message.changes', 'conversationId'],
  ['message.delivered', 'conversationId'],
  ['message.read', 'conversationId'],
  ['message.unread', 'conversationId'],
  ['read.undo', 'undoId'],
  ['typing.start', 'conversationId'],
  ['typing.stop', 'conversationId'],
  ['participant.list', 'conversationId'],
  ['participant.add', 'conversationId'],
  ['participant.join', 'conversationId'],
  ['participant.update', 'userId'],
  ['participant.remove', 'userId'],
  ['message.edit', 'messageId'],
  ['message.delete', 'messageId'],
  ['reaction.add', 'messageId'],
  ['reaction.remove', 'messageId'],
  ['pin.add', 'messageId'],
  ['pin.remove', 'messageId'],
  ['conversation.pins', 'conversationId'],
];

test.each(idFields)('%s names the invalid %s', async (event, field) => {
  const client = await sockets.connect(await createPerson());
  for (const [name, wrong] of wrongIds) {
    const answer = await client.answer(event, { ...whole(), [field]: wrong });
    expect([name, answer]).toEqual([name, { ok: false, error: expect.objectContaining({ code: 'VALIDATION_FAILED' }) }]);
    expect(answer).toHaveProperty(['error', 'fields', field]);
  }
  expect(await client.code(event, whole())).toBe('NOT_FOUND');
});

test.each([
  '',
  'nope',
  'error',
  'constructor',
  '__proto__',
  'toString',
  'message',
  'connection.authenticated',
  'x'.repeat(10_000),
])('the unknown event %j is VALIDATION_FAILED', async (event) => {
  const client = await sockets.connect(await createPerson());
  expect(await client.code(event as never, {})).toBe('VALIDATION_FAILED');
  expect(await client.code(7 as never, {})).toBe('VALIDATION_FAILED');
});

test('without an ack nothing is answered, and nothing breaks', async () => {
  const client = await sockets.connect(await createPerson());
  const emit = client.socket.emit.bind(client.socket) as (event: string, ...rest: unknown[]) => void;
  for (const event of [...events, 'nope', 'error'])
    for (const input of [undefined, null, 'x', {}, { conversationId: randomUUID() }, Buffer.from('x')]) emit(event, input);
  expect(await client.ask('conversation.heads', {})).toEqual({ heads: [] });
});

test('a fake ack and superfluous arguments do no harm', async () => {
  const client = await sockets.connect(await createPerson());
  const emit = client.socket.emit.bind(client.socket) as (event: string, ...rest: unknown[]) => void;
  emit('conversation.heads', {}, 'ack');
  emit('conversation.heads', {}, { call: 'me' }, null);
  expect(await client.answer('conversation.heads', {}, 'more', ['and'], 4)).toEqual({ ok: true, data: { heads: [] } });
});

test('keys that name a prototype change none, and unknown fields are ignored', async () => {
  const ada = await createPerson();
  const conversationId = await insertGroup([ada]);
  const client = await sockets.connect(ada);
  const hostile = JSON.parse(
    `{ "__proto__": { "role": "owner" }, "constructor": { "prototype": { "x": 1 } }, "metadata": { "a": 1, "__proto__": { "b": 2 } } }`,
  );
  const input = { conversationId, clientMessageId: 'p', content: 'Hello', senderId: randomUUID(), seq: 99, ...hostile };
  expect(await client.ask('message.send', input)).toMatchObject({ seq: 1, status: 'sent' });
  expect(({} as Record<string, unknown>).role).toBeUndefined();
});

test('text that is legal is stored as typed', async () => {
  const ada = await createPerson();
  const conversationId = await insertGroup([ada]);
  const client = await sockets.connect(ada);
  const texts = [
    '<script>alert(1)</script>',
    '\u202Eright to left',
    '👩‍👩‍👧‍👦'.repeat(1_000),
    '😀'.repeat(8_000),
    '\'; DROP TABLE "User"; --',
    '\u200B.',
  ];
  for (const content of texts) {
    await client.ask('message.send', { conversationId, clientMessageId: randomUUID(), content });
    expect((await client.hear('message.received')).messages[0]?.content).toBe(content);
  }
});

test('an answer to 60,000 wrong ids is shorter than the request', async () => {
  const client = await sockets.connect(await createPerson());
  const answer = await client.answer('conversation.heads', { conversationIds: Array.from({ length: 60_000 }, () => 'x') });
  expect(JSON.stringify(answer).length).toBeLessThan(4_000);
});

test('an event over 256 KiB closes its sender’s connection, and no other', async () => {
  const [client, other] = [await sockets.connect(await createPerson()), await sockets.connect(await createPerson())];
  const closed = client.closed();
  client.socket.emit('conversation.heads', { padding: 'x'.repeat(300 * 1024) });
  await closed;
  expect(await other.ask('conversation.heads', {})).toEqual({ heads: [] });
});

test.each([
  ['broken JSON', '2["conversation.heads",{'],
  ['a reserved event', '2["connect",1]'],
  ['no event', '2[]'],
  ['an object', '2{"a":1}'],
  ['an unknown packet type', '9'],
  ['a second connect', '0'],
  ['an ack nobody asked for', '3999["x"]'],
  ['a null ack', '30null'],
  ['a binary event without its bytes', '51-["message.send",{"_placeholder":true,"num":0}]'],
  ['more binary parts than anybody sends', '5999999-["message.send"]'],
  ['another namespace', '2/admin,["message.send"]'],
  ['an endless id', `2${'9'.repeat(400)}["conversation.heads",{}]`],
])('%s harms nobody else', async (_name, packet) => {
  const [client, other] = [await sockets.connect(await createPerson()), await sockets.connect(await createPerson())];
  client.socket.io.engine.write(packet);
  client.socket.io.engine.write('2["conversation.heads",{}]');
  expect(await answers(other)).toBe(true);
  expect(await answers(await sockets.connect(await createPerson()))).toBe(true);
});

const answers = async (client: Client) => (await client.answer('conversation.heads', {})).ok;
