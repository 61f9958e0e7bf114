import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';

// Parley's server calls the API's handlers itself. They must also work as route handlers of the App Router, served by Next.js alone.

let program: ChildProcess;
let folder: string;
let origin: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-next-'));
  const settings = {
    PARLEY_DATA_DIR: folder,
    SETUP_CODE: 'the code of this test',
    NODE_ENV: 'production',
    LOG_LEVEL: 'error',
  } as const;
  program = spawn(process.execPath, ['--import', 'tsx', 'tests/support/pages-alone.program.ts'], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!program.stdout) throw new Error('It has to say its port.');
  for await (const line of createInterface(program.stdout)) {
    const [, port] = /^port (\d+)$/.exec(line) ?? [];
    if (port) origin = `http://127.0.0.1:${port}`;
    if (port) break;
  }
});

afterAll(async () => {
  const ended = once(program, 'exit');
  program.kill('SIGTERM');
  await ended;
  await rm(folder, { recursive: true, force: true });
});

async function call(method: string, path: string, body?: object | FormData, token?: string) {
  const response = await fetch(origin + path, {
    method,
    headers: { ...(token && { authorization: `Bearer ${token}` }) },
    body: body instanceof FormData ? body : body && JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return { status: response.status, text, data: isJson ? JSON.parse(text) : undefined };
}

test('under Next.js alone people register, talk, read and send files', async () => {
  const credentials = { email: 'ada@parley.test', password: 'a password of Ada' };
  const person = { ...credentials, name: 'Ada', setupCode: 'the code of this test' };
  expect((await call('POST', '/api/auth/register', person)).status).toBe(201);
  const { token } = (await call('POST', '/api/auth/token', credentials)).data;
  const group = await call('POST', '/api/conversations', { kind: 'group', name: 'Alone' }, token);
  const messages = `/api/conversations/${group.data.conversation.id}/messages`;
  const form = new FormData();
  form.set('file', new File(['ten bytes!'], 'ten.txt'));
  const { attachment } = (await call('POST', '/api/uploads', form, token)).data;
  const said = await call('POST', messages, { content: 'Said here.', attachmentIds: [attachment.id] }, token);
  expect([group.status, said.status]).toEqual([201, 201]);
  const page = await call('GET', `${messages}?limit=1`, undefined, token);
  expect(page.data.messages).toMatchObject([{ content: 'Said here.', attachments: [{ name: 'ten.txt' }] }]);
  expect((await call('GET', attachment.url, undefined, token)).text).toBe('ten bytes!');
});

test('under Next.js alone failures are JSON with a code, and sign-in pages are next-auth’s', async () => {
  expect(await call('GET', '/api/me')).toMatchObject({ status: 401, data: { error: { code: 'UNAUTHENTICATED' } } });
  expect(await call('GET', '/api/nothing/here')).toMatchObject({ status: 404, data: { error: { code: 'NOT_FOUND' } } });
  expect((await call('GET', '/api/auth/csrf')).data.csrfToken).toMatch(/^\w{32,}$/);
});
