import { setTimeout as wait } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { log } from '@/lib/platform/log/log';
import { connectRedis } from '@/lib/platform/redis/redis';

/** A read of the stream waits this long for something new. */
export const blockMs = 2_000;

/**
 * The connection on which the adapter writes, and whose duplicates it reads by. What is written while Redis is away waits, in
 * order, and is written when it is back. (In doubt twice: receivers drop the second, see adapter.ts.)
 */
export function connectWriter(streamName: string): { writer: Redis; close: () => void } {
  const writer = connectRedis({ maxRetriesPerRequest: null });
  const readers: Redis[] = [];
  writer.duplicate = () => {
    const reader = connectReader(streamName);
    readers.push(reader);
    return reader;
  };
  return {
    writer,
    close: () => {
      for (const connection of [writer, ...readers]) connection.disconnect();
    },
  };
}

/**
 * A reader that keeps its own place in the stream. The adapter's is `$` until the first entry has come, so what is written between
 * two of its reads is lost; and it stays where it was when Redis came back empty and with an older clock, and then sees nothing new
 * until that has caught up. A read that was under way when the connection went is sent again by the client.
 */
function connectReader(streamName: string): Redis {
  // Of the two that the adapter asks for it reads by one and subscribes by the other, for what nothing here uses: that one never
  // connects.
  const reader = connectRedis({ maxRetriesPerRequest: null, socketTimeout: 2 * blockMs, lazyConnect: true });
  reader.subscribe = async () => 0;
  let place: string | undefined;
  let sure = false;
  reader.on('close', () => {
    sure = false;
  });
  const read = reader.xread.bind(reader) as (...args: unknown[]) => Promise<Reply>;
  const next = async (...args: unknown[]): Promise<Reply> => {
    try {
      if (!sure) place = await placeIn(reader, streamName, place);
      sure = true;
      const reply = await read(...args.slice(0, -1), place);
      place = reply?.[0]?.[1].at(-1)?.[0] ?? place;
      return reply;
    } catch (error) {
      // The adapter asks again at once, whatever the fault was.
      await wait(100, undefined, { ref: false });
      throw error;
    }
  };
  reader.xread = next as typeof reader.xread;
  return reader;
}

type Reply = [stream: string, entries: [id: string, fields: string[]][]][] | null;

/** Where to read on: at the end for who comes new, at the beginning of a stream that is shorter than what was read already. */
async function placeIn(reader: Redis, streamName: string, place: string | undefined): Promise<string> {
  const [last] = await reader.xrevrange(streamName, '+', '-', 'COUNT', 1);
  const end = last?.[0] ?? '0-0';
  if (place === undefined) return end;
  if (!isBefore(end, place)) return place;
  log().warn('Redis came back without what it had.');
  return '0-0';
}

function isBefore(one: string, other: string): boolean {
  const [[time = 0, count = 0], [otherTime = 0, otherCount = 0]] = [one, other].map((id) => id.split('-').map(Number)) as [
    number[],
    number[],
  ];
  return time < otherTime || (time === otherTime && count < otherCount);
}
