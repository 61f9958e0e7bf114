import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import next from 'next';
import { PHASE_PRODUCTION_SERVER } from 'next/constants';
import { announce } from '@/lib/boot/announce';
import { boot, type Parley } from '@/lib/boot/boot';
import { closeHttp, listen, requestListener } from '@/lib/boot/http';
import { measureRequests } from '@/lib/boot/metrics';
import { hurryBodies } from '@/lib/boot/patience';
import { shutDownOnSignals } from '@/lib/boot/shutdown';
import { env, setPort } from '@/lib/env/env';
import { setDraining } from '@/lib/process/draining';
import { isShared } from '@/lib/redis/redis';
import { closeSockets, createSocketServer } from '@/lib/sockets/server';

interface ServeOptions {
  dev?: boolean;
  /** runs on the migrated database before anybody can connect */
  prepare?: () => Promise<void>;
}

/** Boots Parley in this process: pages, API and sockets on one port, and the database behind them. Throws a StartRefusal. */
export async function serve({ dev = false, prepare = async () => {} }: ServeOptions = {}): Promise<void> {
  // By default Node looks only every 30 s for who is too slow.
  const httpServer = createServer({ connectionsCheckingInterval: 1_000 });
  let parley: Parley | undefined;
  shutDownOnSignals(async () => {
    setDraining(true);
    const answered = closeHttp(httpServer, 5_000, isShared() ? 1_000 : 0);
    await closeSockets();
    await answered;
    await parley?.close(3_000);
  });
  parley = await boot();
  try {
    await prepare();
    if (!dev) await loadConfigSilently();
    const app = next({ dev, httpServer, hostname: env().HOST, port: env().PORT });
    await app.prepare();
    measureRequests(httpServer);
    httpServer.on('request', requestListener(app.getRequestHandler(), dev));
    createSocketServer(httpServer);
    hurryBodies(httpServer);
    setPort(await listen(httpServer, env().PORT, env().HOST));
  } catch (error) {
    await parley.close(3_000);
    throw error;
  }
  parley.keepUp();
  await announce(parley.database, dev);
}

/** Next.js tells how long reading its configuration took, amid what a start prints; what it has read already, it does not. */
async function loadConfigSilently(): Promise<void> {
  const config = createRequire(import.meta.url)('next/dist/server/config') as typeof import('next/dist/server/config');
  await config.default(PHASE_PRODUCTION_SERVER, process.cwd());
}
