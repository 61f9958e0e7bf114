import { runUnderLease, type UpkeepTask } from '@/lib/platform/upkeep/upkeep';

export const sessionUpkeep: UpkeepTask[] = [['sessions', (lease) => runUnderLease(lease, purgeText)]];

const purgeText = `DELETE FROM "Session" WHERE "expiresAt" < now() - interval '1 day'`;
