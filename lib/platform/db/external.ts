import { openClient } from '@/lib/platform/db/client';
import { StartupError } from '@/lib/platform/process/startup-error';

const minMajor = 15;

/**
 * Checks that the database of DATABASE_URL is reachable, recent enough and uses UTF-8.
 * @returns its version, such as 17.2
 * @throws StartupError when it cannot be used
 */
export async function checkExternal(url: string): Promise<string> {
  const client = openClient({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ number: number; version: string; encoding: string }>(
      `SELECT current_setting('server_version_num')::int AS number, split_part(current_setting('server_version'), ' ', 1) AS version,
         current_setting('server_encoding') AS encoding`,
    );
    const { number = 0, version = '', encoding = '' } = rows[0] ?? {};
    if (number < minMajor * 10_000)
      throw new StartupError(`the database is PostgreSQL ${version}, but Parley needs ${minMajor} or later.`);
    if (encoding !== 'UTF8')
      throw new StartupError(
        `the database's encoding is ${encoding}. Create one with: CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0`,
      );
    return version;
  } catch (error) {
    throw error instanceof StartupError ? error : unreachable(url, error as NodeJS.ErrnoException);
  } finally {
    await client.end().catch(() => {});
  }
}

function unreachable(url: string, error: NodeJS.ErrnoException): StartupError {
  const { host, pathname, username } = new URL(url);
  const reasons: Record<string, string> = {
    ECONNREFUSED: `nothing answers at ${host}. Start the server`,
    ENOTFOUND: `there is no host ${host}. Correct its name`,
    '28P01': `${host} rejects that user and password. Correct them`,
    '28000': `${host} does not accept connections of ${username}. Correct its pg_hba.conf, or the user`,
    '3D000': `${host} has no database ${pathname.slice(1)}. Create it`,
  };
  const reason = reasons[error.code ?? ''] ?? `${host} says: ${error.message || error.code}. Fix that`;
  return new StartupError(
    `the database of DATABASE_URL cannot be used: ${reason}, or unset DATABASE_URL for the embedded one.`,
  );
}
