import { pool } from '@/lib/db/pool';

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
