import { randomBytes } from 'node:crypto';
import { cpuSeconds, end, program, reply } from '@/bench/load/process';
import type { RequestClient, RequestOutcome, RequestPlan } from '@/bench/load/requests';
import type { Subject } from '@/bench/load/subject';
import type { Account } from '@/bench/load/workspace';

export type Question = 'post' | 'history' | 'list' | 'file';

export interface RestFigures extends RequestOutcome {
  /** microseconds of processor an answer, of the server and of its database */
  serverCpu: number;
  databaseCpu: number;
}

/** A server, and what each client asks it. */
export interface Asked {
  name: string;
  subject: Subject;
  clients: (question: Question) => RequestClient[];
}

export const clientCount = 16;
const warmUpMs = 1_500;
const measureMs = 3_000;
const content = 'x'.repeat(100);
/** Of a file that is fetched. */
export const fileBytes = randomBytes(100 * 1024);

/** So many clients, each with its own kept connection and one request at a time. */
export async function measureRequests(asked: Asked, question: Question): Promise<RestFigures> {
  const { subject } = asked;
  const load = program('bench/load/requests.ts');
  const plan: RequestPlan = { port: subject.port, clients: asked.clients(question), warmUpMs, measureMs };
  const before = spent(subject);
  load.send(plan);
  const outcome = await reply<RequestOutcome>(load, warmUpMs + measureMs + 30_000);
  const after = spent(subject);
  await end(load);
  const each = (seconds: number) => (seconds / outcome.answered) * 1e6;
  return {
    ...outcome,
    ...{ serverCpu: each(after.server - before.server), databaseCpu: each(after.database - before.database) },
  };
}

const spent = ({ serverPid, databasePid }: Subject) => ({
  server: cpuSeconds(serverPid),
  database: databasePid ? cpuSeconds(databasePid) : 0,
});

/** One of the people who ask, and the conversation that is theirs alone. */
export interface Seat {
  account: Account;
  roomId: string;
  fileId: string;
}

export function byHttp(seats: Seat[], question: Question): RequestClient[] {
  return seats.map(({ account: { token }, roomId, fileId }) => {
    const messages = `/api/conversations/${roomId}/messages`;
    const get = (path: string): RequestClient => ({ by: 'http', method: 'GET', path, token, status: 200 });
    if (question === 'post')
      return { by: 'http', method: 'POST', path: messages, token, status: 201, body: JSON.stringify(message) };
    if (question === 'history') return get(messages);
    return get(question === 'list' ? '/api/conversations' : `/api/uploads/${fileId}`);
  });
}

/** Lists and files are asked for by REST alone. */
export function bySocket(seats: Seat[], question: Question): RequestClient[] {
  return seats.map(({ account: { auth }, roomId: conversationId }) =>
    question === 'post'
      ? { by: 'socket', auth, event: 'message.send', input: JSON.stringify({ conversationId, ...message }) }
      : { by: 'socket', auth, event: 'message.history', input: JSON.stringify({ conversationId }) },
  );
}

const message = { clientMessageId: '#', content };

/** People of a Parley with a conversation of their own each, 49 that all are in, and a file that each has sent. */
export async function seatsOf(subject: Subject): Promise<Seat[]> {
  const accounts = await subject.accounts(clientCount);
  for (let group = 1; group < 50; group += 1) await subject.room(accounts);
  return Promise.all(
    accounts.map(async (account) => {
      const { id: roomId } = await subject.room([account]);
      return { account, roomId, fileId: await upload(subject, account) };
    }),
  );
}

/** A baseline knows nobody: any name of a room will do. */
export const seatsAnywhere = async (subject: Subject): Promise<Seat[]> =>
  (await subject.accounts(clientCount)).map((account) => ({ account, roomId: crypto.randomUUID(), fileId: 'file' }));

async function upload({ port }: Subject, { token }: Account): Promise<string> {
  const form = new FormData();
  form.set('file', new File([fileBytes], 'file.bin'));
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`http://127.0.0.1:${port}/api/uploads`, { method: 'POST', body: form, headers });
  const { attachment } = (await response.json()) as { attachment: { id: string } };
  return attachment.id;
}
