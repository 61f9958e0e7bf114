import { z } from 'zod';

/** A job as its owner sees it. */
export const jobSchema = z.object({
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  /** from 0 to 1 */
  progress: z.number().min(0).max(1),
  /** the kind's documented result; null until the job is done, and for kinds without one */
  result: z.unknown(),
});
export type JobState = z.infer<typeof jobSchema>;
