import type { JobKind } from '@/lib/platform/jobs/kind';

/** Every kind of job. A noun's own are in its `jobs.ts`. */
export const jobKinds: JobKind[] = [];
