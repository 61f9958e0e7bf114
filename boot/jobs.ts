import { removeFilesJob } from '@/lib/domain/attachments/jobs';
import { membershipsJob } from '@/lib/domain/conversations/jobs';
import { systemMessageJob } from '@/lib/domain/messages/jobs';
import { searchJobs } from '@/lib/domain/search/jobs';
import type { JobKind } from '@/lib/platform/jobs/kind';

/** Every kind of job. A noun's own are in its `jobs.ts`. */
export const jobKinds: JobKind[] = [systemMessageJob, membershipsJob, removeFilesJob, ...searchJobs];
