import { performance } from 'node:perf_hooks';
import { HttpClient } from '@/bench/load/http';
import { WireClient } from '@/bench/load/wire';

/** What one client asks for again and again; `#` in it becomes a text that no other request has. */
export type RequestClient =
  | { by: 'http'; method: string; path: string; token: string; body?: string; status: number }
  | { by: 'socket'; auth: object; event: string; input: string };

export interface RequestPlan {
  port: number;
  clients: RequestClient[];
  warmUpMs: number;
  measureMs: number;
}

export interface RequestOutcome {
  perSecond: number;
  /** ms */
  p50: number;
  p99: number;
  /** of an answer, as it came last */
  bytes: number;
  /** all that was answered, before and after the measured span too */
  answered: number;
}

process.once('message', async (plan: RequestPlan) => {
  process.send?.(await drive(plan), () => process.exit(0));
});

/** Each client asks, waits for the answer, and asks again. */
async function drive({ port, clients, warmUpMs, measureMs }: RequestPlan): Promise<RequestOutcome> {
  const askers = await Promise.all(clients.map((client) => openAsker(port, client)));
  const took: number[] = [];
  const outcome = { bytes: 0, answered: 0 };
  let [asking, measuring] = [true, false];
  const loops = askers.map(async ({ ask, close }) => {
    while (asking) {
      const began = performance.now();
      outcome.bytes = await ask();
      outcome.answered += 1;
      if (measuring) took.push(performance.now() - began);
    }
    close();
  });
  const failed = Promise.all(loops);
  await Promise.race([failed, elapse(warmUpMs)]);
  measuring = true;
  await Promise.race([failed, elapse(measureMs)]);
  measuring = false;
  asking = false;
  await failed;
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { ...outcome, perSecond: took.length / (measureMs / 1_000), p50: at(0.5), p99: at(0.99) };
}

interface Asker {
  /** Asks once; throws when it is refused. @returns bytes of the answer */
  ask: () => Promise<number>;
  close: () => void;
}

const run = crypto.randomUUID();
let count = 0;

function filled(template: string): string {
  count += 1;
  return template.replaceAll('#', `${run}-${count}`);
}

async function openAsker(port: number, client: RequestClient): Promise<Asker> {
  if (client.by === 'socket') return openSocket(port, client);
  const connection = await HttpClient.connect(port);
  const { method, path, token, body, status } = client;
  const head = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\n`;
  const ask = async () => {
    const content = body === undefined ? '' : filled(body);
    const described = content && `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(content)}\r\n`;
    const answer = await connection.send(`${head}${described}\r\n${content}`);
    if (answer.status !== status) throw new Error(`${method} ${path}: ${answer.status}`);
    return answer.bytes;
  };
  return { ask, close: () => connection.close() };
}

async function openSocket(port: number, { auth, event, input }: RequestClient & { by: 'socket' }): Promise<Asker> {
  const wire = await WireClient.connect(port, auth);
  const ask = async () => {
    const json = await wire.ask(event, filled(input));
    if (!json.startsWith('[{"ok":true')) throw new Error(`${event}: ${json.slice(0, 200)}`);
    return Buffer.byteLength(json);
  };
  return { ask, close: () => wire.close() };
}

const elapse = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
