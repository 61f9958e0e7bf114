import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { followMessages } from '@/lib/domain/search/marks';
import { closeSockets, createSocketServer } from '@/lib/doors/sockets/server';

// A second node for a test file: sockets, and marks for the index, on the same database and Redis. Prints its port when it is ready.
const server = createServer();
createSocketServer(server, { offlineAfterMs: Number(process.argv[2]) });
const stopFollowing = followMessages();
server.listen(0, '127.0.0.1', () => process.stdout.write(`port ${(server.address() as AddressInfo).port}\n`));
process.on('SIGTERM', async () => {
  server.close();
  await closeSockets();
  await stopFollowing();
  process.exit(0);
});
