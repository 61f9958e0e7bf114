import { performance } from 'node:perf_hooks';
import { HttpClient } from '@/bench/load/http';
import { WireClient } from '@/bench/load/wire';

/** The request that a client repeats. Each `#` in it is replaced by a unique text. */
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
  /** size of the last response */
  bytes: number;
  /** number of all responses, including those outside the measured time span */
  answered: number;
}

process.once('message', async (plan: RequestPlan) => {
  process.send?.(await drive(plan), () => process.exit(0));
});

/** Closed loop: each client sends a request, waits for the response, and sends the next one. */
async function drive({ port, clients, warmUpMs, measureMs }: RequestPlan): Promise<RequestOutcome> {
  const senders = await Promise.all(clients.map((client) => openSender(port, client)));
  const durations: number[] = [];
  const outcome = { bytes: 0, answered: 0 };
  let [sending, measuring] = [true, false];
  const loops = senders.map(async ({ send, close }) => {
    while (sending) {
      const startedAt = performance.now();
      outcome.bytes = await send();
      outcome.answered += 1;
      if (measuring) durations.push(performance.now() - startedAt);
    }
    close();
  });
  const failed = Promise.all(loops);
  await Promise.race([failed, elapse(warmUpMs)]);
  measuring = true;
  await Promise.race([failed, elapse(measureMs)]);
  measuring = false;
  sending = false;
  await failed;
  const sorted = durations.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { ...outcome, perSecond: durations.length / (measureMs / 1_000), p50: at(0.5), p99: at(0.99) };
}

interface RequestSender {
  /** Sends one request. @returns the size of the response @throws when it failed */
  send: () => Promise<number>;
  close: () => void;
}

const runId = crypto.randomUUID();
let count = 0;

function fillTemplate(template: string): string {
  count += 1;
  return template.replaceAll('#', `${runId}-${count}`);
}

async function openSender(port: number, client: RequestClient): Promise<RequestSender> {
  if (client.by === 'socket') return openSocket(port, client);
  const connection = await HttpClient.connect(port);
  const { method, path, token, body, status } = client;
  const head = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\n`;
  const send = async () => {
    const content = body === undefined ? '' : fillTemplate(body);
    const headers = content && `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(content)}\r\n`;
    const answer = await connection.send(`${head}${headers}\r\n${content}`);
    if (answer.status !== status) throw new Error(`${method} ${path}: ${answer.status}`);
    return answer.bytes;
  };
  return { send, close: () => connection.close() };
}

async function openSocket(port: number, { auth, event, input }: RequestClient & { by: 'socket' }): Promise<RequestSender> {
  const wire = await WireClient.connect(port, auth);
  const send = async () => {
    const json = await wire.request(event, fillTemplate(input));
    if (!json.startsWith('[{"ok":true')) throw new Error(`${event}: ${json.slice(0, 200)}`);
    return Buffer.byteLength(json);
  };
  return { send, close: () => wire.close() };
}

const elapse = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
