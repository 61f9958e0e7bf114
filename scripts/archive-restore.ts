import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ArchiveRefusal, type ArchiveRow, listArchives, type Restored, restoreMonth } from '@/lib/domain/archives/archive';
import { pool } from '@/lib/platform/db/pool';
import { loadEnvFile, setDatabaseUrl } from '@/lib/platform/env/env';
import { StartupError } from '@/lib/platform/process/startup-error';
import { withLease } from '@/lib/platform/upkeep/lease';
import { upkeepLease } from '@/lib/platform/upkeep/upkeep';
import { reachDatabase } from '@/scripts/database';

// npm run archive:restore -- 2026-01: restores an archived month, whether Parley is running or not. Without a month it lists the
// archives.

const usage = 'use "npm run archive:restore", or "npm run archive:restore -- 2026-01 --days 30".';
/** How long to wait for a running upkeep, or for the lease of one that was killed to expire. */
const timeoutSeconds = 60;

// Log only errors, so that the server's log lines do not mix with the output of this script.
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
  const isExpected = error instanceof ArchiveRefusal || error instanceof StartupError;
  console.error(isExpected ? `Nothing was restored: ${error.message}` : error);
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
  if (!rows[0]?.name)
    throw new ArchiveRefusal('the database is of an older version of Parley. Start this version on it first.');
}

async function restore(month: string, days: number): Promise<void> {
  let restored: Restored | undefined;
  for (let remaining = timeoutSeconds; !restored; remaining -= 1) {
    await withLease(upkeepLease, 0, async (lease) => {
      restored = await restoreMonth(lease, month, days);
    });
    if (restored) break;
    if (remaining === 0) throw new ArchiveRefusal('a node is running the upkeep. Try again in a few minutes.');
    await wait(1_000);
  }
  print(outcomeOf(month, days, restored));
}

function outcomeOf(month: string, days: number, { counts, leftOut }: Restored): string {
  if (!counts) return `${month} is already restored, and stays for at least ${days} days from now.`;
  const rest = leftOut > 0 ? ` ${leftOut} messages of deleted conversations were not restored.` : '';
  return `${month} is restored: ${counts.Message} messages.${rest} It stays for ${days} days and is then archived again.`;
}

async function list(): Promise<void> {
  const archives = await listArchives();
  print(archives.length > 0 ? archives.map(lineOf).join('\n') : 'No month is archived.');
}

function lineOf({ month, state, messages, size, fileId, keepUntil }: ArchiveRow): string {
  if (state === 'CLOSING') return `${month}  is being archived`;
  const summary = `${month}  ${messages} messages, ${Math.ceil(Number(size) / 1024)} KiB, ${fileId}.archive`;
  return state === 'RESTORED' ? `${summary}, restored until ${keepUntil?.toISOString().slice(0, 10)}` : summary;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
