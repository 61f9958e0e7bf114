import { z } from 'zod';

/** A job as the person sees it that it belongs to. */
export const jobSchema = z.object({
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  /** from 0 to 1 */
  progress: z.number().min(0).max(1),
  /** what the kind documents, once it is done; null before, and for kinds without one */
  result: z.unknown(),
});
export type JobState = z.infer<typeof jobSchema>;
