import { dataFolder } from '@/boot/data-folder';
import type { Database } from '@/boot/database';
import { describeFiles } from '@/boot/files';
import { setupCode } from '@/lib/domain/users/setup-code';
import { pool } from '@/lib/platform/db/pool';
import { hasReplica, isReplicaDown } from '@/lib/platform/db/replica';
import { env, publicUrl } from '@/lib/platform/env/env';

/** The one block that a start prints: where it is, where the data is, which parts are embedded and which are not. */
export async function announce(database: Database, dev: boolean): Promise<void> {
  const lines = [
    ['Address', publicUrl() + (isPlain() ? '' : ` (listening on ${env().HOST}:${env().PORT})`)],
    ['Data', dataFolder()],
    ['Database', database.description],
    ...(hasReplica() ? [['Replica', describeReplica()]] : []),
    ['Files', describeFiles()],
    ['Sign-in', ['password', ...providers()].join(', ')],
  ];
  if (await mustShowSetupCode())
    lines.push(['Setup code', `${setupCode()} (whoever registers first from another machine needs it)`]);
  const rows = lines.map(([name = '', value]) => `  ${name.padEnd(11)} ${value}`);
  process.stdout.write(`\nParley is up${dev ? ' (development)' : ''}. Ctrl-C stops it.\n${rows.join('\n')}\n\n`);
}

function describeReplica(): string {
  const { host, pathname } = new URL(env().DATABASE_REPLICA_URL);
  return `PostgreSQL at ${host}${pathname} (DATABASE_REPLICA_URL)${isReplicaDown() ? ', not used now: the log says why' : ''}`;
}

/** Nobody is in yet, and it can be reached from elsewhere: without a code, whoever comes first would own it. */
async function mustShowSetupCode(): Promise<boolean> {
  if (isPlain() && env().TRUST_PROXY === 0) return false;
  const { rowCount } = await pool().query('SELECT 1 FROM "User" LIMIT 1');
  return rowCount === 0;
}

function providers(): string[] {
  const { GITHUB_ID, GOOGLE_ID, OIDC_ID, OIDC_NAME } = env();
  return [GITHUB_ID && 'GitHub', GOOGLE_ID && 'Google', OIDC_ID && OIDC_NAME].filter((name) => name !== '');
}

/** The address says already where it listens. */
const isPlain = () => isLocal(env().HOST) && !env().PUBLIC_URL;

const isLocal = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.');
