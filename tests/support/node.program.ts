import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { followMessages } from '@/lib/domain/search/marks';
import { closeSockets, createSocketServer } from '@/lib/doors/sockets/server';

// Another node of what a test file runs: sockets, and the notes of what is to be indexed, on the same database and Redis. It says its port when it is up.
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
