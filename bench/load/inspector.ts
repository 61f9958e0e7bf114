import { once } from 'node:events';
import { WebSocket } from 'ws';
import { waitUntil } from '@/lib/platform/process/alive';

export interface Memory {
  /** bytes */
  rss: number;
  heapUsed: number;
}

/**
 * The memory of a Node process after garbage collection, read through its inspector, so that the measured server needs no changes.
 * @param port its --inspect-port
 */
export async function heldMemory(pid: number, port: number): Promise<Memory> {
  process.kill(pid, 'SIGUSR1');
  const socket = new WebSocket(await addressOf(port));
  await once(socket, 'open');
  let id = 0;
  const request = (method: string, params: object = {}): Promise<{ result: { value: string } }> =>
    new Promise((resolve) => {
      id += 1;
      const mine = id;
      const onMessage = (data: Buffer) => {
        const message = JSON.parse(data.toString());
        if (message.id !== mine) return;
        socket.off('message', onMessage);
        resolve(message.result);
      };
      socket.on('message', onMessage);
      socket.send(JSON.stringify({ id, method, params }));
    });
  // Repeated, because a collection may make further objects unreachable.
  for (let pass = 0; pass < 3; pass += 1) await request('HeapProfiler.collectGarbage');
  const { result } = await request('Runtime.evaluate', { expression: 'JSON.stringify(process.memoryUsage())' });
  socket.close();
  return JSON.parse(result.value) as Memory;
}

async function addressOf(port: number): Promise<string> {
  let address = '';
  await waitUntil(async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => null);
    const [target] = ((await answer?.json()) ?? []) as { webSocketDebuggerUrl: string }[];
    address = target?.webSocketDebuggerUrl ?? '';
    return address !== '';
  }, 10_000);
  return address;
}
