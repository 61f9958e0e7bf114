import { mkdir, writeFile } from 'node:fs/promises';
import { limits } from '@/tests/e2e/support/server';
import { type Cluster, startCluster } from '@/tests/support/cluster';

/** Runs once: starts two built servers behind nginx, with an owner. */
export default async function setup() {
  const cluster = await startCluster({ host: 'localhost', environment: limits });
  // The workers inherit the environment.
  Object.assign(process.env, { PARLEY_E2E_URL: cluster.origin, PARLEY_E2E_NODES: '2' });
  return async () => {
    const unused = await unusedNodes(cluster);
    await cluster.stop();
    await mkdir('test-results', { recursive: true });
    await writeFile('test-results/nodes.log', cluster.output());
    if (unused.length > 0) throw new Error(`Nobody was at ${unused}: nothing was proved about several nodes.`);
  };
}

async function unusedNodes({ nodes }: Cluster): Promise<string[]> {
  const metrics = await Promise.all(nodes.map((node) => node.metrics()));
  return nodes
    .filter((_, index) => !/^parley_socket_connections_total [1-9]/m.test(metrics[index] ?? ''))
    .map(({ origin }) => origin);
}
