import { Redis } from 'ioredis';
import { afterAll, expect, test } from 'vitest';
import type { Client } from '@/tests/support/client';
import { insertGroup } from '@/tests/support/conversations';
import { twoNodes } from '@/tests/support/nodes';
import { createPerson } from '@/tests/support/people';

/** Other programs, or other versions of Parley, may write to the same Redis. Nodes must not fail on unknown data. */

const { here, connectThere, redis } = await twoNodes();
const foreign = new Redis(redis.url);
afterAll(() => foreign.disconnect());

const stream = 'parley:events';
const nobody = 'ffffffffffff';

const entries: Record<string, string[]> = {
  'no field that is known': ['word', 'hello'],
  'no data': ['uid', nobody, 'nsp', '/', 'type', '3'],
  'data that is no JSON': ['uid', nobody, 'nsp', '/', 'type', '3', 'data', '{"packet":'],
  'data that is null': ['uid', nobody, 'nsp', '/', 'type', '3', 'data', 'null'],
  'data of another shape': ['uid', nobody, 'nsp', '/', 'type', '3', 'data', '[1,2,3]'],
  'a packet without data': ['uid', nobody, 'nsp', '/', 'type', '3', 'data', '{"packet":{},"opts":{"rooms":[],"except":[]}}'],
  'a packet of nothing': ['uid', nobody, 'nsp', '/', 'type', '3', 'data', '{"packet":null,"opts":null}'],
  'an event that is unknown': [
    ...['uid', nobody, 'nsp', '/', 'type', '3', 'data'],
    '{"packet":{"type":2,"data":["no.such.event",null]},"opts":{"rooms":["user:x"],"except":[]},"count":1}',
  ],
  'an event without its payload': [
    ...['uid', nobody, 'nsp', '/', 'type', '3', 'data'],
    '{"packet":{"type":2,"data":["message.received"]},"opts":{"rooms":["user:x"],"except":[]},"count":2}',
  ],
  'an event with another payload': [
    ...['uid', nobody, 'nsp', '/', 'type', '3', 'data'],
    '{"packet":{"type":2,"data":["message.received",{"messages":7}]},"opts":{"rooms":["user:x"],"except":[]},"count":3}',
  ],
  'rooms that are none': ['uid', nobody, 'nsp', '/', 'type', '4', 'data', '{"opts":{"rooms":7,"except":null},"rooms":7}'],
  'a type that is unknown': ['uid', nobody, 'nsp', '/', 'type', '99', 'data', '{}'],
  'a namespace that is unknown': ['uid', nobody, 'nsp', '/elsewhere', 'type', '3', 'data', '{}'],
};

const say = (client: Client, conversationId: string, content: string) =>
  client.ask('message.send', { conversationId, clientMessageId: `${Math.random()}`.slice(2), content });

test.each(Object.entries(entries))('%s in the stream stops no later event', async (_name, fields) => {
  const [ana, ben] = [await createPerson(), await createPerson()];
  const group = await insertGroup([ana, ben]);
  const [anaHere, benThere] = [await here.connect(ana), await connectThere(ben)];
  await foreign.xadd(stream, '*', ...fields);
  // In both directions, because each node has to have read it.
  for (const [from, to, content] of [
    [anaHere, benThere, 'from here'],
    [benThere, anaHere, 'from there'],
  ] as const) {
    await say(from, group, content);
    await to.hear('message.received', ({ messages }) => messages.some((message) => message.content === content));
  }
});

test('foreign values under the keys of limits, presence and pages break no request', async () => {
  const ana = await createPerson();
  const group = await insertGroup([ana]);
  const client = await here.connect(ana);
  await say(client, group, 'first');
  await client.ask('message.history', { conversationId: group });
  const keys = await foreign.keys('parley:*');
  expect(keys.length).toBeGreaterThan(2);
  for (const key of keys.filter((name) => name !== stream)) await foreign.multi().del(key).sadd(key, 'garbage').exec();
  await say(client, group, 'second');
  const { messages } = await client.ask('message.history', { conversationId: group });
  expect(messages.map(({ content }) => content)).toEqual(['first', 'second']);
  for (const key of await foreign.keys('parley:*'))
    if (key !== stream) await foreign.multi().del(key).set(key, '{"messages":').exec();
  await say(client, group, 'third');
  const again = await client.ask('message.history', { conversationId: group });
  expect(again.messages.map(({ content }) => content)).toEqual(['first', 'second', 'third']);
});
