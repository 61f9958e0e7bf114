import type pg from 'pg';
import { z } from 'zod';
import { extractTexts } from '@/lib/domain/search/attachment-texts';
import { indexMessages } from '@/lib/domain/search/index-messages';
import { indexAlone } from '@/lib/domain/search/lock';
import { defineJob } from '@/lib/platform/jobs/kind';
import { enqueue } from '@/lib/platform/jobs/queue';
import { idSchema } from '@/lib/platform/validation/schema';

/** How often a file may exceed the limits of reading it. */
const readingTries = 2;

/**
 * Makes a message found by the contents of its files. By its text and their names it is found before: those do not wait for the
 * file store.
 */
export const filesJob = defineJob({
  name: 'search.files',
  payload: z.strictObject({ messageId: idSchema }),
  concurrency: 2,
  // A store may be unreachable for hours: with up to an hour between tries, these are a day.
  tries: 36,
  run: async ({ payload: { messageId }, attempt, transaction, signal }) => {
    await extractTexts([messageId], signal, attempt >= readingTries);
    await transaction(async (client) => {
      await indexAlone(client);
      await indexMessages([messageId], client, { anew: true });
    });
  },
});

/** Enqueues the job for messages whose files have no stored texts yet. */
export async function requestTexts(messageIds: string[], client: pg.PoolClient): Promise<void> {
  for (const messageId of messageIds.toSorted()) await enqueue(client, filesJob, { messageId }, { key: messageId });
}
