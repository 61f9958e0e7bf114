import { gzipSync } from 'node:zlib';
import { expect, inject, test } from 'vitest';
import { group, password, person } from '@/tests/protocol/support/rest';
import { cookiesOf } from '@/tests/support/cookies';

/** The compressed size of all scripts that current browsers load before the page is interactive. It may only shrink. */
const maxBytes = 300 * 1024;

test('the scripts of the first page are small, with a conversation open and without', async () => {
  const ada = await person('Ada');
  const { id } = await group(ada, []);
  const cookie = await signIn(ada.email);
  for (const path of ['/', `/c/${id}`]) {
    const html = await (await fetch(inject('origin') + path, { headers: { cookie } })).text();
    expect(html).toContain('Ada');
    const scripts = scriptsOf(html);
    expect(scripts.length).toBeGreaterThan(5);
    const sizes = await Promise.all(scripts.map(async (script) => [script, await compressedBytes(script)] as const));
    const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
    expect(total, JSON.stringify(sizes)).toBeLessThanOrEqual(maxBytes);
  }
});

/** Scripts with `nomodule` are for browsers without modules. */
const scriptsOf = (html: string): string[] =>
  [...new Set([...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag))]
    .filter((tag) => !/\bnomodule\b/i.test(tag))
    .flatMap((tag) => /\bsrc="(\/_next\/[^"]+)"/.exec(tag)?.[1] ?? []);

async function compressedBytes(path: string): Promise<number> {
  const response = await fetch(inject('origin') + path);
  expect(response.status, path).toBe(200);
  return gzipSync(Buffer.from(await response.arrayBuffer())).byteLength;
}

/** Signs in like the sign-in page. @returns the cookies */
async function signIn(email: string): Promise<string> {
  const origin = inject('origin');
  const asked = await fetch(`${origin}/api/auth/csrf`);
  const { csrfToken } = (await asked.json()) as { csrfToken: string };
  const answer = await fetch(`${origin}/api/auth/callback/credentials`, {
    method: 'POST',
    headers: { cookie: cookiesOf(asked), origin, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ csrfToken, email, password, json: 'true' }),
  });
  expect(answer.status).toBe(200);
  return cookiesOf(answer);
}
