import { Redis } from 'ioredis';
import { afterAll, expect, test } from 'vitest';
import { connectWriter } from '@/lib/platform/realtime/streams';
import { TestRedis } from '@/tests/support/redis';

const server = await TestRedis.start();
process.env.REDIS_URL = server.url;
const writer = connectWriter('words');
const heard: string[] = [];
let reading = true;

// Like the adapter: reads repeatedly, and the reader keeps its position.
const reader = writer.writer.duplicate();
const read = (async () => {
  while (reading) {
    const reply = await reader.xread('COUNT', 100, 'BLOCK', 500, 'STREAMS', 'words', '$').catch(() => null);
    for (const [, entries] of reply ?? []) heard.push(...entries.map(([, fields]) => fields[1] ?? ''));
  }
})();

afterAll(async () => {
  reading = false;
  writer.close();
  await read;
  await server.stop();
});

const write = (word: string) => writer.writer.xadd('words', '*', 'word', word);

test('every event arrives once across interrupted reads', async () => {
  await expect.poll(async () => (await write('Hello')) && heard.length > 0).toBe(true);
  // All entries that were added for this check have arrived.
  await write('Ready');
  await expect.poll(() => heard.at(-1)).toBe('Ready');
  heard.length = 0;
  const words = Array.from({ length: 500 }, (_, index) => `word ${index}`);
  for (const word of words) await write(word);
  await expect.poll(() => heard.length).toBe(words.length);
  expect(heard).toEqual(words);
});

test('events written while Redis is away arrive when it is back', async () => {
  heard.length = 0;
  await server.stop();
  const late = write('late');
  await server.restart();
  await late;
  await expect.poll(() => heard, { timeout: 10_000 }).toEqual(['late']);
});

test('a Redis that came back with an older clock is read too', async () => {
  heard.length = 0;
  const ahead = new Redis(server.url);
  await ahead.xadd('words', `${Date.now() + 3_600_000}-0`, 'word', 'from tomorrow');
  await expect.poll(() => heard).toEqual(['from tomorrow']);
  ahead.disconnect();
  await server.stop();
  await server.restart();
  await write('from today');
  await expect.poll(() => heard, { timeout: 10_000 }).toEqual(['from tomorrow', 'from today']);
});
