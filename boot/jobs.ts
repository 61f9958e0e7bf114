import { archiveJobs } from '@/lib/domain/archives/upkeep';
import { attachmentJobs } from '@/lib/domain/attachments/upkeep';
import { conversationJobs } from '@/lib/domain/conversations/upkeep';
import { inviteJobs } from '@/lib/domain/invites/upkeep';
import { messageJobs } from '@/lib/domain/messages/upkeep';
import { sessionJobs } from '@/lib/domain/sessions/upkeep';
import type { Job } from '@/lib/platform/jobs/upkeep';

/** Every regular job, in the order in which they run. A noun's own are in its `upkeep.ts`. */
export const jobs: Job[] = [
  ...messageJobs,
  ...sessionJobs,
  ...inviteJobs,
  ...conversationJobs,
  ...archiveJobs,
  ...attachmentJobs,
];
