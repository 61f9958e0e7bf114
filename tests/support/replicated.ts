import { afterAll, beforeAll } from 'vitest';
import { listMessages } from '@/lib/domain/messages/message';
import { historySchema } from '@/lib/domain/messages/schema';
import { databaseMetrics } from '@/lib/platform/db/metrics';
import { closeReplica, openReplica } from '@/lib/platform/db/replica';
import type { Person } from '@/tests/support/people';
import { TestReplica } from '@/tests/support/replica';

/** Lets this process read from a replica, on a primary of its own. Call it at the top of a file, before anything has read the environment. */
export async function replicated(): Promise<TestReplica> {
  const replica = await TestReplica.start();
  process.env.DATABASE_URL = replica.primaryUrl;
  process.env.DATABASE_REPLICA_URL = replica.url;
  // Hooks run last in, first out: it goes when nobody asks any more.
  afterAll(async () => {
    await closeReplica();
    await replica.stop();
  });
  beforeAll(() => openReplica());
  return replica;
}

/** A page as any reader asks for it, of a length that is not kept: what these tests are of is who is asked. */
export const readHistory = (reader: Person, conversationId: string, query: object = {}) =>
  listMessages(reader.id, conversationId, historySchema.parse({ limit: 49, ...query }));

/** What a page says. */
export async function contentsFor(reader: Person, conversationId: string, query: object = {}): Promise<string[]> {
  const { messages } = await readHistory(reader, conversationId, query);
  return messages.map(({ content, deletedAt }) => (deletedAt ? 'gone' : content));
}

/** Who answered, and why, as the metrics tell it. */
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
