import type pg from 'pg';
import { z } from 'zod';
import { draftSystemMessage } from '@/lib/domain/messages/draft';
import { type SystemMetadata, systemMetadataSchema } from '@/lib/domain/messages/schema';
import { append } from '@/lib/domain/messages/writer';
import { ParleyError } from '@/lib/platform/errors/error';
import { defineJob } from '@/lib/platform/jobs/kind';
import { enqueueClaimed } from '@/lib/platform/jobs/queue';
import { idSchema } from '@/lib/platform/validation/schema';

/** Stores what happened to a conversation as a message in it. The job's id is its clientMessageId: a second run finds the first. */
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
 * Notes in the transaction of a change what the conversation will say of it, so that a process that dies after the commit leaves no
 * change unmentioned. The caller has judged that the actor may.
 * @returns posts it; call it after the commit, when the events of the change are out
 */
export function prepareSystemMessage(
  client: pg.PoolClient,
  conversationId: string,
  actorId: string,
  metadata: Omit<SystemMetadata, 'actorId'>,
): Promise<() => Promise<void>> {
  return enqueueClaimed(client, systemMessageJob, { conversationId, actorId, metadata: { ...metadata, actorId } });
}

/** A conversation that was deleted meanwhile has nobody to read it. */
function ignoreDeleted(error: unknown): void {
  if (!(error instanceof ParleyError && error.code === 'NOT_FOUND')) throw error;
}
