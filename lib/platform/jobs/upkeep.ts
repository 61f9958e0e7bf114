import { inSlices, type UpkeepTask } from '@/lib/platform/upkeep/upkeep';

/** Time for which a completed job can be looked up. */
const doneDays = 7;
/** Time for which a parked job is kept. */
const parkedDays = 90;

export const jobUpkeep: UpkeepTask[] = [
  ['jobs done', (lease) => inSlices(lease, sweepText('doneAt'), doneDays)],
  ['jobs parked', (lease) => inSlices(lease, sweepText('failedAt'), parkedDays)],
];

const sweepText = (column: 'doneAt' | 'failedAt') => `
  DELETE FROM "Job" WHERE id = ANY (ARRAY(
    SELECT j.id FROM "Job" j WHERE j."${column}" < now() - make_interval(days => $1) LIMIT $2))`;
