import { setTimeout as wait } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { log } from '@/lib/platform/log/log';
import { connectRedis } from '@/lib/platform/redis/redis';

/** Maximum time for which a read of the stream waits for new entries. */
export const blockMs = 2_000;

/**
 * The adapter's connection for writing; it creates its readers with `duplicate()`. Writes while Redis is unreachable are queued
 * in order, and sent when it is back. (Some may be sent twice; receivers drop the duplicate, see adapter.ts.)
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
 * A reader that keeps its own position in the stream. The adapter reads from `$` until the first entry, so entries between two of
 * its reads would be lost. It also keeps its position when Redis comes back empty and with an older clock, and would see nothing
 * new for a while. The client repeats a read that a lost connection interrupted.
 */
function connectReader(streamName: string): Redis {
  // The adapter requests two readers. The second one subscribes to a channel that is unused here, so it never connects.
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
      // The adapter repeats the read at once, whatever the error was.
      await wait(100, undefined, { ref: false });
      throw error;
    }
  };
  reader.xread = next as typeof reader.xread;
  return reader;
}

type Reply = [stream: string, entries: [id: string, fields: string[]][]][] | null;

/** The position to read from: the end for a new reader, the beginning of a stream that is shorter than what was already read. */
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
