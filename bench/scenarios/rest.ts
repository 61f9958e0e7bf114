import { randomBytes } from 'node:crypto';
import { cpuSeconds, end, program, reply } from '@/bench/load/process';
import type { RequestClient, RequestOutcome, RequestPlan } from '@/bench/load/requests';
import type { Subject } from '@/bench/load/subject';
import type { Account } from '@/bench/load/workspace';

export type Operation = 'post' | 'history' | 'list' | 'file';

export interface RestFigures extends RequestOutcome {
  /** microseconds of CPU per response, of the server and of its database */
  serverCpu: number;
  databaseCpu: number;
}

/** A server with the requests of its clients. */
export interface Contestant {
  name: string;
  subject: Subject;
  clients: (operation: Operation) => RequestClient[];
}

export const clientCount = 16;
const warmUpMs = 1_500;
const measureMs = 3_000;
const content = 'x'.repeat(100);
/** The content of the file that is downloaded. */
export const fileBytes = randomBytes(100 * 1024);

/** Measures clients that each have a keep-alive connection and one request in flight. */
export async function measureRequests(contestant: Contestant, operation: Operation): Promise<RestFigures> {
  const { subject } = contestant;
  const load = program('bench/load/requests.ts');
  const plan: RequestPlan = { port: subject.port, clients: contestant.clients(operation), warmUpMs, measureMs };
  const before = cpuTimes(subject);
  load.send(plan);
  const outcome = await reply<RequestOutcome>(load, warmUpMs + measureMs + 30_000);
  const after = cpuTimes(subject);
  await end(load);
  const perResponse = (seconds: number) => (seconds / outcome.answered) * 1e6;
  return {
    ...outcome,
    ...{ serverCpu: perResponse(after.server - before.server), databaseCpu: perResponse(after.database - before.database) },
  };
}

const cpuTimes = ({ serverPid, databasePid }: Subject) => ({
  server: cpuSeconds(serverPid),
  database: databasePid ? cpuSeconds(databasePid) : 0,
});

/** A client's account, with a conversation and a file of its own. */
export interface Seat {
  account: Account;
  roomId: string;
  fileId: string;
}

export function byHttp(seats: Seat[], operation: Operation): RequestClient[] {
  return seats.map(({ account: { token }, roomId, fileId }) => {
    const messages = `/api/conversations/${roomId}/messages`;
    const get = (path: string): RequestClient => ({ by: 'http', method: 'GET', path, token, status: 200 });
    if (operation === 'post')
      return { by: 'http', method: 'POST', path: messages, token, status: 201, body: JSON.stringify(message) };
    if (operation === 'history') return get(messages);
    return get(operation === 'list' ? '/api/conversations' : `/api/uploads/${fileId}`);
  });
}

/** Supports posting and history; lists and files exist in REST only. */
export function bySocket(seats: Seat[], operation: Operation): RequestClient[] {
  return seats.map(({ account: { auth }, roomId: conversationId }) =>
    operation === 'post'
      ? { by: 'socket', auth, event: 'message.send', input: JSON.stringify({ conversationId, ...message }) }
      : { by: 'socket', auth, event: 'message.history', input: JSON.stringify({ conversationId }) },
  );
}

const message = { clientMessageId: '#', content };

/** Creates accounts on Parley, each with its own conversation and file, and 49 conversations that all of them share. */
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

/** Seats with random rooms, because the baselines have no conversations. */
export const placeholderSeats = async (subject: Subject): Promise<Seat[]> =>
  (await subject.accounts(clientCount)).map((account) => ({ account, roomId: crypto.randomUUID(), fileId: 'file' }));

async function upload({ port }: Subject, { token }: Account): Promise<string> {
  const form = new FormData();
  form.set('file', new File([fileBytes], 'file.bin'));
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`http://127.0.0.1:${port}/api/uploads`, { method: 'POST', body: form, headers });
  const { attachment } = (await response.json()) as { attachment: { id: string } };
  return attachment.id;
}
