import { type Job, runUnderLease } from '@/lib/platform/jobs/upkeep';

export const inviteJobs: Job[] = [['invites', (lease) => runUnderLease(lease, purgeText)]];

const purgeText = `DELETE FROM "Invite" WHERE "expiresAt" < now() - interval '30 days'`;
