import { cpuSeconds } from '@/bench/load/process';
import type { Subject } from '@/bench/load/subject';
import { cookiesOf } from '@/tests/support/cookies';

export interface PageFigures {
  /** microseconds of the server's and the database's CPU per page, of each round */
  rounds: { server: number; database: number }[];
  /** of the page, uncompressed */
  bytes: number;
}

const conversations = 20;
const messages = 60;
const warmUp = 150;
const pages = 200;
const roundCount = 3;

/** Requests the page of a conversation one after another, as a signed-in browser does: 20 conversations in the list, 50 messages. */
export async function measurePages(subject: Subject): Promise<PageFigures> {
  const origin = `http://127.0.0.1:${subject.port}`;
  const { path, cookie } = await prepare(subject, origin);
  const headers = { cookie, 'accept-language': 'en-GB', 'accept-encoding': 'gzip' };
  const load = async () => {
    const text = await (await fetch(origin + path, { headers })).text();
    if (!text.includes(`Text ${messages}`) || text.includes('__next_error__')) throw new Error('This is not the page.');
    return text.length;
  };
  for (let page = 0; page < warmUp; page += 1) await load();
  const rounds: PageFigures['rounds'] = [];
  for (let round = 0; round < roundCount; round += 1) {
    const before = cpuTimes(subject);
    for (let page = 0; page < pages; page += 1) await load();
    const after = cpuTimes(subject);
    const perPage = (seconds: number) => (seconds / pages) * 1e6;
    rounds.push({ server: perPage(after.server - before.server), database: perPage(after.database - before.database) });
  }
  return { rounds, bytes: await load() };
}

const cpuTimes = ({ serverPid, databasePid }: Subject) => ({
  server: cpuSeconds(serverPid),
  database: databasePid ? cpuSeconds(databasePid) : 0,
});

/** Six people, of whom one signs in as a browser does, and what they have written. */
async function prepare(subject: Subject, origin: string): Promise<{ path: string; cookie: string }> {
  const accounts = await subject.accounts(6);
  const reader = { name: 'Reader', email: 'reader@parley.test', password: 'a password of the bench' };
  const { user } = await post<{ user: { id: string } }>(`${origin}/api/auth/register`, reader);
  const { token } = await post<{ token: string }>(`${origin}/api/auth/token`, reader);
  const self = { id: user.id, auth: { token }, token };
  let roomId = '';
  for (let room = 0; room < conversations; room += 1) roomId = (await subject.room([self, ...accounts])).id;
  const texts = [
    '**bold** and `code`',
    '- one\n- two',
    'https://parley.test/a/page says more',
    'a sentence of ten words that says nothing at all',
  ];
  for (let n = 1; n <= messages; n += 1) {
    const author = accounts[n % accounts.length];
    const body = { clientMessageId: `${n}`, content: `Text ${n}: ${texts[n % texts.length]}` };
    await post(`${origin}/api/conversations/${roomId}/messages`, body, author?.token);
  }
  return { path: `/c/${roomId}`, cookie: await signIn(origin, reader) };
}

/** As the sign-in page does. @returns the cookies */
async function signIn(origin: string, { email, password }: { email: string; password: string }): Promise<string> {
  const first = await fetch(`${origin}/api/auth/csrf`);
  const { csrfToken } = (await first.json()) as { csrfToken: string };
  const body = new URLSearchParams({ csrfToken, email, password, json: 'true' });
  const headers = { cookie: cookiesOf(first), origin };
  return cookiesOf(await fetch(`${origin}/api/auth/callback/credentials`, { method: 'POST', headers, body }));
}

async function post<Answer>(url: string, body: object, token?: string): Promise<Answer> {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return (await response.json()) as Answer;
}
