import { dataFolder } from '@/boot/data-folder';
import type { Database } from '@/boot/database';
import { describeFiles } from '@/boot/files';
import { setupCode } from '@/lib/domain/users/setup-code';
import { pool } from '@/lib/platform/db/pool';
import { hasReplica, isReplicaDown } from '@/lib/platform/db/replica';
import { env, publicUrl } from '@/lib/platform/env/env';

/** The block that a start prints: the address, the location of the data, and which parts are embedded. */
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

/** Whether the server can be reached from elsewhere and has no users: without a code, any stranger could become the owner. */
async function mustShowSetupCode(): Promise<boolean> {
  if (isPlain() && env().TRUST_PROXY === 0) return false;
  const { rowCount } = await pool().query('SELECT 1 FROM "User" LIMIT 1');
  return rowCount === 0;
}

function providers(): string[] {
  const { GITHUB_ID, GOOGLE_ID, OIDC_ID, OIDC_NAME } = env();
  return [GITHUB_ID && 'GitHub', GOOGLE_ID && 'Google', OIDC_ID && OIDC_NAME].filter((name) => name !== '');
}

/** The address already shows where the server listens. */
const isPlain = () => isLocal(env().HOST) && !env().PUBLIC_URL;

const isLocal = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.');
