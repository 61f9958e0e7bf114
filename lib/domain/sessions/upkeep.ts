import { type Job, runUnderLease } from '@/lib/platform/jobs/upkeep';

export const sessionJobs: Job[] = [['sessions', (lease) => runUnderLease(lease, purgeText)]];

const purgeText = `DELETE FROM "Session" WHERE "expiresAt" < now() - interval '1 day'`;
