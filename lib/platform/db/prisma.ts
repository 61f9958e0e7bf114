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
 * Names statements, so that PostgreSQL plans them once per connection instead of at every call. A list of another length is another
 * statement, and each one stays in the memory of every connection, so the number of names is limited.
 * @param maxNames statements beyond this number stay unnamed
 */
export function statementNames(maxNames: number): (query: { sql: string }) => string | undefined {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known || names.size >= maxNames) return known;
    const name = `prisma_${createHash('sha256').update(sql).digest('base64url').slice(0, 20)}`;
    names.set(sql, name);
    return name;
  };
}
