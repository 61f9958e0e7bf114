import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '@/lib/platform/db/generated/client';
import { pool } from '@/lib/platform/db/pool';
import { processSingleton } from '@/lib/platform/process/singleton';

/** Prisma on the shared pool. */
export function prisma(): PrismaClient {
  return processSingleton('prisma', () => {
    const statementNameGenerator = statementNames(500) as (query: { sql: string }) => string;
    return new PrismaClient({ adapter: new PrismaPg(pool(), { statementNameGenerator }) });
  });
}

/**
 * Names a statement, so that PostgreSQL plans it once a connection and not at every call. Lists of different lengths are
 * different statements, and each stays in every connection's memory: hence at most that many.
 */
export function statementNames(most: number): (query: { sql: string }) => string | undefined {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known || names.size >= most) return known;
    const name = `prisma_${createHash('sha256').update(sql).digest('base64url').slice(0, 20)}`;
    names.set(sql, name);
    return name;
  };
}
