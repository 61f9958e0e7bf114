import { expect } from 'vitest';
import { listMessages } from '@/lib/domain/messages/message';
import { historySchema, type MessagePage } from '@/lib/domain/messages/schema';
import { metrics } from '@/lib/platform/metrics/metrics';
import type { Person } from '@/tests/support/people';

async function hits(): Promise<number> {
  const { values } = await metrics().cache.get();
  return values.find(({ labels }) => labels.cache === 'tails' && labels.result === 'hit')?.value ?? 0;
}

/** The result of a read, and whether it came from memory. */
export async function reading(reader: Person, room: string, query = {}): Promise<{ page: MessagePage; kept: boolean }> {
  const before = await hits();
  const page = await listMessages(reader.id, room, historySchema.parse(query));
  return { page, kept: (await hits()) > before };
}

/** Waits until the latest page is kept: the second read from the database stores it in the background. */
export async function keepTail(reader: Person, room: string): Promise<void> {
  await expect.poll(async () => (await reading(reader, room)).kept).toBe(true);
}
