import { archiveOldMonths } from '@/lib/domain/archives/archive';
import type { UpkeepTask } from '@/lib/platform/upkeep/upkeep';

export const archiveUpkeep: UpkeepTask[] = [['archive', archiveOldMonths]];
