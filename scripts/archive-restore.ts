import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ArchiveRefusal, type ArchiveRow, listArchives, type Restored, restoreMonth } from '@/lib/domain/archives/archive';
import { pool } from '@/lib/platform/db/pool';
import { loadEnvFile, setDatabaseUrl } from '@/lib/platform/env/env';
import { withLease } from '@/lib/platform/jobs/lease';
import { upkeepLease } from '@/lib/platform/jobs/upkeep';
import { StartupError } from '@/lib/platform/process/startup-error';
import { reachDatabase } from '@/scripts/database';

// npm run archive:restore -- 2026-01: brings an archived month back, beside a running Parley or without one. Without a month it
// lists what there is.

const usage = 'use "npm run archive:restore", or "npm run archive:restore -- 2026-01 --days 30".';
/** An upkeep under way is waited for, and so is the lease of one that was killed. */
const patienceSeconds = 60;

// What the server tells its operator (that moving a month takes a while, for one) would stand between the lines for who runs this.
process.env.LOG_LEVEL ||= 'error';

try {
  const { month, days } = readArguments();
  loadEnvFile();
  const { url, stop } = await reachDatabase();
  setDatabaseUrl(url);
  try {
    await requireArchives();
    await (month === undefined ? list() : restore(month, days));
  } finally {
    await pool().end();
    await stop();
  }
} catch (error) {
  const isForeseen = error instanceof ArchiveRefusal || error instanceof StartupError;
  console.error(isForeseen ? `Nothing was restored: ${error.message}` : error);
  process.exitCode = 1;
}

function readArguments(): { month: string | undefined; days: number } {
  try {
    const { values, positionals } = parseArgs({ options: { days: { type: 'string', default: '30' } }, allowPositionals: true });
    if (positionals.length > 1 || !/^[1-9]\d{0,4}$/.test(values.days))
      throw new Error('It takes one month and a number of days');
    return { month: positionals[0], days: Number(values.days) };
  } catch (error) {
    throw new ArchiveRefusal(`${(error as Error).message.split('.')[0]}; ${usage}`);
  }
}

async function requireArchives(): Promise<void> {
  const { rows } = await pool().query<{ name: string | null }>(`SELECT to_regclass('"Archive"') AS name`);
  if (!rows[0]?.name) throw new ArchiveRefusal('the database is of an older Parley. Start this one on it first.');
}

async function restore(month: string, days: number): Promise<void> {
  let restored: Restored | undefined;
  for (let left = patienceSeconds; !restored; left -= 1) {
    await withLease(upkeepLease, 0, async (lease) => {
      restored = await restoreMonth(lease, month, days);
    });
    if (restored) break;
    if (left === 0) throw new ArchiveRefusal('a node is busy with the upkeep. Try again in a few minutes.');
    await pause(1_000);
  }
  say(outcomeOf(month, days, restored));
}

function outcomeOf(month: string, days: number, { counts, leftOut }: Restored): string {
  if (!counts) return `${month} is back already, and stays for ${days} days from now at least.`;
  const rest = leftOut > 0 ? ` ${leftOut} of conversations that were deleted for good stay away.` : '';
  return `${month} is back: ${counts.Message} messages.${rest} It stays for ${days} days, and then is archived again.`;
}

async function list(): Promise<void> {
  const archives = await listArchives();
  say(archives.length > 0 ? archives.map(lineOf).join('\n') : 'No month is archived.');
}

function lineOf({ month, state, messages, size, fileId, keepUntil }: ArchiveRow): string {
  if (state === 'CLOSING') return `${month}  is being archived`;
  const what = `${month}  ${messages} messages, ${Math.ceil(Number(size) / 1024)} KiB, ${fileId}.archive`;
  return state === 'RESTORED' ? `${what}, restored until ${keepUntil?.toISOString().slice(0, 10)}` : what;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
