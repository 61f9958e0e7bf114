import { undoHours } from '@/lib/domain/receipts/read-many';
import { inSlices, type UpkeepTask } from '@/lib/platform/upkeep/upkeep';

export const receiptUpkeep: UpkeepTask[] = [['undoing reads', (lease) => inSlices(lease, pruneText, undoHours)]];

const pruneText = `
  DELETE FROM "ReadUndo" WHERE id = ANY (ARRAY(
    SELECT id FROM "ReadUndo" WHERE "createdAt" < now() - make_interval(hours => $1) LIMIT $2))`;
