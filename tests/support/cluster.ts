import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@/lib/platform/process/port';
import { register } from '@/tests/support/client';
import { type ReverseProxy, startNginx } from '@/tests/support/nginx';
import { owner } from '@/tests/support/owner';
import { OwnPostgres } from '@/tests/support/postgres';
import { TestRedis } from '@/tests/support/redis';
import { type RunningServer, startServer } from '@/tests/support/server';

export interface ClusterOptions {
  /** of every node, over what the cluster needs itself */
  environment?: Record<string, string>;
  /** the name by which browsers call this machine */
  host?: string;
  /** Something between a node and Redis: the port by which that node gets there. */
  redisPortOf?: (node: number, port: number) => Promise<number>;
}

/** What deploy/compose.yaml describes, as processes of this machine: each part can be ended and started again where it was. */
export interface Cluster {
  /** the address that people type */
  origin: string;
  postgres: OwnPostgres;
  redis: TestRedis;
  /** built servers, as `npm start` runs them */
  nodes: [RunningServer, RunningServer];
  /** Every connection through it is lost. */
  restartNginx: () => Promise<void>;
  /** what the nodes and nginx printed */
  output: () => string;
  stop: () => Promise<void>;
}

const secret = 'what all nodes have to share, 32 characters or more';
const setupCode = 'PARL-EYTE-STED';

/**
 * Starts two nodes on one PostgreSQL and one Redis, behind nginx with deploy/nginx.conf. Throws in words when Redis or nginx are
 * missing and cannot be installed, and leaves nothing behind then.
 */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const endings: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    return await launch(options, endings, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function launch(
  { environment = {}, host = '127.0.0.1', redisPortOf = async (_, port) => port }: ClusterOptions,
  endings: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-cluster-'));
  endings.push(() => rm(folder, { recursive: true, force: true }));
  const redis = await TestRedis.start();
  endings.push(() => redis.stop());
  const postgres = await OwnPostgres.start();
  endings.push(() => postgres.stop());
  const port = await freePort();
  const origin = `http://${host}:${port}`;
  const startNode = async (node: number) => {
    const server = await startServer({
      ...{ PARLEY_DATA_DIR: await dataFolder(folder, node), PUBLIC_URL: origin, TRUST_PROXY: '1' },
      ...{ AUTH_SECRET: secret, SETUP_CODE: setupCode, ACCESS_TOKEN_SECONDS: '7200' },
      ...{ DATABASE_URL: postgres.url, REDIS_URL: `redis://127.0.0.1:${await redisPortOf(node, redis.port)}` },
      ...environment,
    });
    endings.push(() => server.stop());
    return server;
  };
  // One after the other: the first one migrates.
  const nodes: Cluster['nodes'] = [await startNode(0), await startNode(1)];
  const ports = nodes.map((node) => node.port);
  let nginx: ReverseProxy = await startNginx(ports, port);
  endings.push(() => nginx.stop());
  await register(nginx.origin, { ...owner, setupCode });
  const restartNginx = async () => {
    await nginx.stop();
    nginx = await startNginx(ports, port);
  };
  const output = () =>
    [...nodes.map((node, index) => `== node ${index}\n${node.output()}`), `== nginx\n${nginx.log()}`].join('\n');
  return { origin, postgres, redis, nodes, restartNginx, output, stop };
}

/** A node's own, with the files on what all nodes share. */
async function dataFolder(folder: string, node: number): Promise<string> {
  const shared = join(folder, 'uploads');
  const own = join(folder, `node-${node}`);
  await mkdir(shared, { recursive: true });
  await mkdir(own);
  await symlink(shared, join(own, 'uploads'));
  return own;
}
