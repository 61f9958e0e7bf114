import { z } from 'zod';
import { operation } from '@/lib/domain/operation';
import { jobSchema } from '@/lib/platform/jobs/schema';
import { getJob } from '@/lib/platform/jobs/status';
import { idSchema } from '@/lib/platform/validation/schema';

export const jobOperations = {
  'job.get': operation({
    input: z.object({ jobId: idSchema }),
    answer: jobSchema,
    scope: 'jobs:read',
    restOnly: 'Whoever waits for a job looks now and then; nothing that a socket is sent depends on it.',
    run: ({ userId }, { jobId }) => getJob(userId, jobId),
  }),
};
