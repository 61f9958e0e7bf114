import type pg from 'pg';
import { pool } from '@/lib/platform/db/pool';
import { run } from '@/lib/platform/db/sql';
import { conflict, notFound } from '@/lib/platform/errors/error';
import { limits } from '@/lib/platform/limits/schema';

/** @throws NOT_FOUND unless every one of these people exists */
export async function requireUsers(userIds: string[], on: pg.Pool | pg.PoolClient = pool()): Promise<void> {
  const ids = [...new Set(userIds)];
  const [row] = await run<{ count: number }>('participants.users', usersText, [ids], on);
  if (row?.count !== ids.length) throw notFound();
}

/** @throws CONFLICT when the group would have too many members */
export function requireRoom(people: number): void {
  if (people > limits().participants) throw conflict(`A group holds at most ${limits().participants} people.`, 'GROUP_FULL');
}

const usersText = `SELECT count(*)::int AS count FROM "User" u WHERE u.id = ANY ($1::uuid[])`;
