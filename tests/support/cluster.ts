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
  /** environment of every node, in addition to what the cluster sets */
  environment?: Record<string, string>;
  /** the host name by which browsers reach this machine */
  host?: string;
  /** A proxy between a node and Redis: the port on which that node reaches Redis. */
  redisPortOf?: (node: number, port: number) => Promise<number>;
}

/** The cluster of deploy/compose.yaml as local processes. Each part can be stopped and restarted. */
export interface Cluster {
  /** the public address */
  origin: string;
  postgres: OwnPostgres;
  redis: TestRedis;
  /** built servers, started like `npm start` */
  nodes: [RunningServer, RunningServer];
  /** Breaks every connection through nginx. */
  restartNginx: () => Promise<void>;
  /** output of the nodes and of nginx */
  output: () => string;
  stop: () => Promise<void>;
}

const secret = 'what all nodes have to share, 32 characters or more';
const setupCode = 'PARL-EYTE-STED';

/**
 * Starts two nodes on one PostgreSQL and one Redis, behind nginx with deploy/nginx.conf. If Redis or nginx is missing and cannot be
 * installed, throws an error that says so, and stops everything it has started.
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
  // One after the other, because the first one migrates.
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

/** The environment of a node: its own settings, and the shared services. */
async function dataFolder(folder: string, node: number): Promise<string> {
  const shared = join(folder, 'uploads');
  const own = join(folder, `node-${node}`);
  await mkdir(shared, { recursive: true });
  await mkdir(own);
  await symlink(shared, join(own, 'uploads'));
  return own;
}
