import { z } from 'zod';
import { memberIdsOf } from '@/lib/domain/conversations/access';
import { broadcastMemberships } from '@/lib/domain/conversations/broadcasts';
import { defineJob } from '@/lib/platform/jobs/kind';
import { idSchema } from '@/lib/platform/validation/schema';

/** Number of people whose memberships are read and sent at once. */
const slice = 250;

/**
 * Sends everybody in a conversation their own membership: thousands of events in a large group. The events carry the state at the
 * time of sending, so a second run repeats them and changes nothing. The job's key is the conversation.
 */
export const membershipsJob = defineJob({
  name: 'conversations.memberships',
  payload: z.object({ conversationId: idSchema }),
  concurrency: 1,
  tries: 10,
  run: async ({ payload: { conversationId }, signal, progress }) => {
    const userIds = await memberIdsOf(conversationId);
    for (let sent = 0; sent < userIds.length; sent += slice) {
      signal.throwIfAborted();
      await broadcastMemberships(conversationId, userIds.slice(sent, sent + slice));
      await progress((sent + slice) / userIds.length);
    }
  },
});
