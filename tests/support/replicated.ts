import { afterAll, beforeAll } from 'vitest';
import { listMessages } from '@/lib/domain/messages/message';
import { historySchema } from '@/lib/domain/messages/schema';
import { databaseMetrics } from '@/lib/platform/db/metrics';
import { closeReplica, openReplica } from '@/lib/platform/db/replica';
import type { Person } from '@/tests/support/people';
import { TestReplica } from '@/tests/support/replica';

/** Makes this process read from a replica, on its own primary. Call it at the top of a file, before anything reads the environment. */
export async function replicated(): Promise<TestReplica> {
  const replica = await TestReplica.start();
  process.env.DATABASE_URL = replica.primaryUrl;
  process.env.DATABASE_REPLICA_URL = replica.url;
  // Hooks run in reverse order, so this one runs after those of everything that uses the replica.
  afterAll(async () => {
    await closeReplica();
    await replica.stop();
  });
  beforeAll(() => openReplica());
  return replica;
}

/** Reads a page of a length that is never kept in memory, because these tests are about which database answers. */
export const readHistory = (reader: Person, conversationId: string, query: object = {}) =>
  listMessages(reader.id, conversationId, historySchema.parse({ limit: 49, ...query }));

/** The texts of a page. */
export async function contentsFor(reader: Person, conversationId: string, query: object = {}): Promise<string[]> {
  const { messages } = await readHistory(reader, conversationId, query);
  return messages.map(({ content, deletedAt }) => (deletedAt ? 'gone' : content));
}

/** Which database answered, and why, according to the metrics. */
export async function answeredBy(reading: Promise<unknown> | (() => Promise<unknown>)): Promise<string> {
  const counts = async () =>
    new Map(
      (await databaseMetrics().pageReads.get()).values.map(({ labels, value }) => [
        `${labels.server}: ${labels.reason}`,
        value,
      ]),
    );
  const before = await counts();
  await (typeof reading === 'function' ? reading() : reading);
  return [...(await counts())]
    .filter(([who, count]) => count > (before.get(who) ?? 0))
    .map(([who]) => who)
    .join();
}
