import type pg from 'pg';
import { z } from 'zod';
import { draftSystemMessage } from '@/lib/domain/messages/draft';
import { type SystemMetadata, systemMetadataSchema } from '@/lib/domain/messages/schema';
import { append } from '@/lib/domain/messages/writer';
import { ParleyError } from '@/lib/platform/errors/error';
import { defineJob } from '@/lib/platform/jobs/kind';
import { enqueueClaimed } from '@/lib/platform/jobs/queue';
import { idSchema } from '@/lib/platform/validation/schema';

/** Stores a system message. The job's id is its clientMessageId, so a second run finds the first one's message. */
export const systemMessageJob = defineJob({
  name: 'messages.system',
  payload: z.object({ conversationId: idSchema, actorId: idSchema, metadata: systemMetadataSchema }),
  concurrency: 10,
  tries: 10,
  run: async ({ id, payload: { conversationId, actorId, metadata } }) => {
    await append(draftSystemMessage(conversationId, actorId, metadata, id)).catch(ignoreDeleted);
  },
});

/**
 * Enqueues a system message in the transaction of the change that it describes, so that it is posted even if the process dies
 * after the commit. The caller has checked the permission.
 * @returns a function that posts it; call it after the commit, when the events of the change have been emitted
 */
export function prepareSystemMessage(
  client: pg.PoolClient,
  conversationId: string,
  actorId: string,
  metadata: Omit<SystemMetadata, 'actorId'>,
): Promise<() => Promise<void>> {
  return enqueueClaimed(client, systemMessageJob, { conversationId, actorId, metadata: { ...metadata, actorId } });
}

/** A conversation that was deleted meanwhile has no readers. */
function ignoreDeleted(error: unknown): void {
  if (!(error instanceof ParleyError && error.code === 'NOT_FOUND')) throw error;
}
