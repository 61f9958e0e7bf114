import { z } from 'zod';
import { idSchema } from '@/lib/platform/validation/schema';

export const typistSchema = z.object({ userId: idSchema, name: z.string() });
export type Typist = z.infer<typeof typistSchema>;
