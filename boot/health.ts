import { pool } from '@/lib/platform/db/pool';
import { hasReplica, isReplicaDown } from '@/lib/platform/db/replica';
import { isShared, isDegraded as isWithoutRedis } from '@/lib/platform/redis/redis';

const patienceMs = 2_000;

/** Whether PostgreSQL answers within 2 s. */
export async function isDatabaseUp(): Promise<boolean> {
  const tooLate = new Promise<false>((resolve) => setTimeout(() => resolve(false), patienceMs).unref());
  const answers = pool()
    .query('SELECT 1')
    .then(
      () => true,
      () => false,
    );
  return Promise.race([answers, tooLate]);
}

/** Whether Redis or the replica is unreachable, which makes Parley slower; undefined where neither is used. */
export const isDegraded = (): boolean | undefined =>
  isShared() || hasReplica() ? isWithoutRedis() || isReplicaDown() : undefined;
