import { runUnderLease, type UpkeepTask } from '@/lib/platform/upkeep/upkeep';

export const inviteUpkeep: UpkeepTask[] = [['invites', (lease) => runUnderLease(lease, purgeText)]];

const purgeText = `DELETE FROM "Invite" WHERE "expiresAt" < now() - interval '30 days'`;
