import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import next from 'next';
import { PHASE_PRODUCTION_SERVER } from 'next/constants';
import { announce } from '@/boot/announce';
import { enforceBodyTimeouts } from '@/boot/body-timeouts';
import { boot, type Parley } from '@/boot/boot';
import { closeHttp, listen, requestListener } from '@/boot/http';
import { measureRequests } from '@/boot/metrics';
import { shutDownOnSignals } from '@/boot/shutdown';
import { apiListener } from '@/lib/doors/rest/listener';
import { loadRoutes } from '@/lib/doors/rest/route-files';
import { closeSockets, createSocketServer } from '@/lib/doors/sockets/server';
import { env, setPort } from '@/lib/platform/env/env';
import { setDraining } from '@/lib/platform/process/draining';
import { isShared } from '@/lib/platform/redis/redis';

interface ServeOptions {
  dev?: boolean;
  /** runs on the migrated database, before anybody can connect */
  prepare?: () => Promise<void>;
}

/**
 * Starts Parley in this process: pages, API and sockets on one port, and the database.
 * @throws StartupError
 */
export async function serve({ dev = false, prepare = async () => {} }: ServeOptions = {}): Promise<void> {
  // By default Node looks for slow requests only every 30 s.
  const httpServer = createServer({ connectionsCheckingInterval: 1_000 });
  let parley: Parley | undefined;
  shutDownOnSignals(async () => {
    setDraining(true);
    const answered = closeHttp(httpServer, 5_000, isShared() ? 1_000 : 0);
    const handedBack = parley?.stopWork(3_000);
    await closeSockets();
    await Promise.all([answered, handedBack]);
    await parley?.close(3_000);
  });
  parley = await boot();
  try {
    await prepare();
    if (!dev) await loadConfigSilently();
    const app = next({ dev, httpServer, hostname: env().HOST, port: env().PORT });
    const [routes] = await Promise.all([loadRoutes(appFolder), app.prepare()]);
    measureRequests(httpServer);
    httpServer.on('request', requestListener({ api: apiListener(routes), pages: app.getRequestHandler() }, dev));
    createSocketServer(httpServer);
    enforceBodyTimeouts(httpServer);
    setPort(await listen(httpServer, env().PORT, env().HOST));
  } catch (error) {
    await parley.close(3_000);
    throw error;
  }
  parley.work();
  await announce(parley.database, dev);
}

const appFolder = fileURLToPath(new URL('./app', import.meta.url));

/** Next.js prints how long it took to read its configuration. It prints nothing for a configuration that is already loaded. */
async function loadConfigSilently(): Promise<void> {
  const config = createRequire(import.meta.url)('next/dist/server/config') as typeof import('next/dist/server/config');
  await config.default(PHASE_PRODUCTION_SERVER, process.cwd());
}
