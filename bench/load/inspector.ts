import { once } from 'node:events';
import { WebSocket } from 'ws';
import { waitUntil } from '@/lib/platform/process/alive';

export interface Memory {
  /** bytes */
  rss: number;
  heapUsed: number;
}

/**
 * What a Node process holds once its garbage is collected, asked through its inspector, so that nothing has to be built into
 * what is measured.
 * @param port its --inspect-port
 */
export async function heldMemory(pid: number, port: number): Promise<Memory> {
  process.kill(pid, 'SIGUSR1');
  const socket = new WebSocket(await addressOf(port));
  await once(socket, 'open');
  let id = 0;
  const ask = (method: string, params: object = {}): Promise<{ result: { value: string } }> =>
    new Promise((resolve) => {
      id += 1;
      const mine = id;
      const hear = (data: Buffer) => {
        const message = JSON.parse(data.toString());
        if (message.id !== mine) return;
        socket.off('message', hear);
        resolve(message.result);
      };
      socket.on('message', hear);
      socket.send(JSON.stringify({ id, method, params }));
    });
  // Once more for what only became garbage when the first was collected.
  for (let pass = 0; pass < 3; pass += 1) await ask('HeapProfiler.collectGarbage');
  const { result } = await ask('Runtime.evaluate', { expression: 'JSON.stringify(process.memoryUsage())' });
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
