import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '@/lib/db/generated/client';
import { pool } from '@/lib/db/pool';
import { oncePerProcess } from '@/lib/process/once';

/** Prisma on the shared pool. */
export function prisma(): PrismaClient {
  return oncePerProcess('prisma', () => new PrismaClient({ adapter: new PrismaPg(pool()) }));
}
