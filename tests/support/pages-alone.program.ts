import { createServer } from 'node:http';
import next from 'next';
import { boot } from '@/boot/boot';
import { listen } from '@/boot/http';
import { shutDownOnSignals } from '@/boot/shutdown';
import { env, loadEnvFile, setPort } from '@/lib/platform/env/env';

// Next.js alone on an existing database, without Parley's server and sockets. Prints its port.
loadEnvFile('/dev/null');
const parley = await boot();
const server = createServer();
const app = next({ dev: false, httpServer: server });
await app.prepare();
server.on('request', app.getRequestHandler());
shutDownOnSignals(async () => {
  server.closeAllConnections();
  await parley.close(3_000);
});
const port = await listen(server, 0, env().HOST);
setPort(port);
process.stdout.write(`port ${port}\n`);
