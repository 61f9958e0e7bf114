import { expect, onTestFinished, test, vi } from 'vitest';
import { pool } from '@/lib/platform/db/pool';
import { log } from '@/lib/platform/log/log';
import { type Lease, LeaseLost, leaseSeconds, withLease } from '@/lib/platform/upkeep/lease';
import { doUpkeep } from '@/lib/platform/upkeep/upkeep';
import { eventually } from '@/tests/support/eventually';

let names = 0;
const fresh = () => {
  names += 1;
  return `lease ${names}`;
};

/** Holds the lease until the test releases it. */
function holding(name: string) {
  let release = () => {};
  const until = new Promise<void>((resolve) => {
    release = resolve;
  });
  let begun: Promise<boolean> | undefined;
  const lease = new Promise<Lease>((resolve) => {
    begun = withLease(name, 0, async (mine) => {
      resolve(mine);
      await until;
    });
  });
  const end = async () => {
    release();
    return begun;
  };
  return { lease, end };
}

/** Simulates that the holder has not renewed the lease for that long. */
const runOut = (name: string) =>
  pool().query(`UPDATE "Lease" SET "expiresAt" = clock_timestamp() - interval '1 ms' WHERE name = $1`, [name]);

const write = (lease: Lease, value: string) =>
  lease.transaction((client) => client.query('INSERT INTO "Lease" (name, "expiresAt") VALUES ($1, now())', [value]));

const isWritten = async (value: string) =>
  (await pool().query('SELECT 1 FROM "Lease" WHERE name = $1', [value])).rowCount === 1;

const taken = async (name: string) => {
  let mine = false;
  const was = await withLease(name, 0, async () => {
    mine = true;
  });
  expect(was).toBe(mine);
  return was;
};

test('of ten concurrent nodes one gets the lease, and it is free when that one is done', async () => {
  const name = fresh();
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  let begun = 0;
  let answered = 0;
  const all = Array.from({ length: 10 }, async () => {
    const mine = await withLease(name, 0, async () => {
      begun += 1;
      await gate;
    });
    answered += 1;
    return mine;
  });
  await eventually(() => expect(answered).toBe(9));
  expect(begun).toBe(1);
  release();
  expect((await Promise.all(all)).filter(Boolean)).toHaveLength(1);
  expect(await taken(name)).toBe(true);
});

test('the lease is free at once after it is released', async () => {
  const name = fresh();
  for (let turn = 0; turn < 100; turn += 1) expect(await withLease(name, 0, async () => {})).toBe(true);
});

test('the lease is free after a failure, and the work does not count as done', async () => {
  const name = fresh();
  await expect(withLease(name, 3_600, () => Promise.reject(new Error('no disk')))).rejects.toThrow('no disk');
  const rest = () => withLease(name, 3_600, async () => {});
  expect(await rest()).toBe(true);
  expect(await rest()).toBe(false);
});

test('work done a while ago is done again by the first node that checks', async () => {
  const name = fresh();
  await withLease(name, 3_600, async () => {});
  await pool().query(`UPDATE "Lease" SET "doneAt" = now() - interval '3601 s' WHERE name = $1`, [name]);
  const both = await Promise.all([withLease(name, 3_600, async () => {}), withLease(name, 3_600, async () => {})]);
  expect(both.toSorted()).toEqual([false, true]);
});

test('a dead holder’s lease is taken over when it expires, and not before', async () => {
  const name = fresh();
  const dead = holding(name);
  await dead.lease;
  expect(await taken(name)).toBe(false);
  await runOut(name);
  expect(await taken(name)).toBe(true);
  await dead.end();
});

test('a node that lost the lease writes nothing, and takes nothing from the next holder', async () => {
  const name = fresh();
  const old = holding(name);
  const mine = await old.lease;
  await write(mine, `${name} before`);
  await runOut(name);
  const next = holding(name);
  const theirs = await next.lease;
  await expect(write(mine, `${name} after`)).rejects.toThrow(LeaseLost);
  expect(await isWritten(`${name} before`)).toBe(true);
  expect(await isWritten(`${name} after`)).toBe(false);
  await old.end();
  expect(await taken(name)).toBe(false);
  await write(theirs, `${name} theirs`);
  await next.end();
});

test('no node takes the lease over during a transaction, however late', async () => {
  const name = fresh();
  const holder = holding(name);
  const lease = await holder.lease;
  await lease.transaction(async (client) => {
    await runOut(name);
    expect(await taken(name)).toBe(false);
    await client.query('INSERT INTO "Lease" (name, "expiresAt") VALUES ($1, now())', [`${name} late`]);
  });
  expect(await isWritten(`${name} late`)).toBe(true);
  expect(await taken(name)).toBe(true);
  await holder.end();
});

test('PostgreSQL ends the transaction of a holder that hangs in it', async () => {
  const name = fresh();
  const holder = holding(name);
  const lease = await holder.lease;
  await lease.transaction(async (client) => {
    const { rows } = await client.query('SHOW idle_in_transaction_session_timeout');
    expect(rows).toEqual([{ idle_in_transaction_session_timeout: `${leaseSeconds}s` }]);
  });
  const hung = lease.transaction(async (client) => {
    await client.query("SET LOCAL idle_in_transaction_session_timeout = '100ms'");
    await runOut(name);
    await eventually(async () => expect(await taken(name)).toBe(true));
    await client.query('INSERT INTO "Lease" (name, "expiresAt") VALUES ($1, now())', [`${name} hung`]);
  });
  await expect(hung).rejects.toThrow();
  expect(await isWritten(`${name} hung`)).toBe(false);
  await holder.end();
});

test('the lease is renewed during the work, and given up when renewal fails', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const name = fresh();
  const holder = holding(name);
  const lease = await holder.lease;
  const expiry = async () => {
    const { rows } = await pool().query<{ at: Date }>('SELECT "expiresAt" AS at FROM "Lease" WHERE name = $1', [name]);
    return rows[0]!.at.getTime();
  };
  // Times are stored in milliseconds, and the run took less.
  await pool().query(`UPDATE "Lease" SET "expiresAt" = "expiresAt" - interval '1 s' WHERE name = $1`, [name]);
  const first = await expiry();
  vi.advanceTimersByTime((leaseSeconds * 1_000) / 3 + 1);
  await eventually(async () => expect(await expiry()).toBeGreaterThan(first));
  lease.check();

  await pool().query('UPDATE "Lease" SET token = token + 1 WHERE name = $1', [name]);
  vi.advanceTimersByTime((leaseSeconds * 1_000) / 3 + 1);
  await eventually(() => expect(() => lease.check()).toThrow(LeaseLost));
  await holder.end();
});

test('a holder that cannot reach the database stops by its own clock', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const holder = holding(fresh());
  const lease = await holder.lease;
  vi.advanceTimersByTime(leaseSeconds * 1_000 - 100);
  lease.check();
  vi.advanceTimersByTime(200);
  expect(() => lease.check()).toThrow(LeaseLost);
  await expect(write(lease, 'nothing')).rejects.toThrow(LeaseLost);
  await holder.end();
});

test('a failing upkeep task stops no other task, and leaks no connection', async () => {
  const error = vi.spyOn(log(), 'error').mockReturnValue(undefined);
  onTestFinished(() => void vi.restoreAllMocks());
  const done: string[] = [];
  const fails = async (lease: Lease) => {
    await lease.transaction((client) => client.query('SELECT no_such_column'));
  };
  await doUpkeep([
    ['first', fails],
    ['second', async () => done.push('second')],
  ]);
  expect(done).toEqual(['second']);
  expect(error).toHaveBeenCalledWith(expect.objectContaining({ task: 'first' }), 'upkeep failed');
  expect(pool().totalCount - pool().idleCount).toBe(0);
  await doUpkeep([['third', async () => done.push('third')]]);
  expect(done).toEqual(['second', 'third']);
});

test('a node that loses the lease between two jobs leaves the rest to the next holder', async () => {
  vi.spyOn(log(), 'error').mockReturnValue(undefined);
  onTestFinished(() => void vi.restoreAllMocks());
  const done: string[] = [];
  await doUpkeep([
    [
      'loses',
      async (lease) => {
        await pool().query('UPDATE "Lease" SET token = token + 1');
        await lease.transaction(async () => done.push('written'));
      },
    ],
    ['next', async () => done.push('next')],
  ]);
  expect(done).toEqual([]);
});
