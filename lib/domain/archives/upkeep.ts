import { archiveOldMonths } from '@/lib/domain/archives/archive';
import type { Job } from '@/lib/platform/jobs/upkeep';

export const archiveJobs: Job[] = [['archive', archiveOldMonths]];
