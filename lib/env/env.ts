import { z } from 'zod';
import { oncePerProcess } from '@/lib/process/once';

const count = (standard: number) => z.coerce.number().int().positive().default(standard);

/** Every environment variable, parsed once. `.env.example` documents each. */
export const envSchema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  PARLEY_DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z.string().default(''),
  DATABASE_POOL: count(10),
});

export type Env = z.output<typeof envSchema>;

export function env(): Env {
  return oncePerProcess('env', () => envSchema.parse(process.env));
}
