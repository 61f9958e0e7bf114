import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { serverEvents } from '@/lib/domain/contract';
import { updateMembershipSchema } from '@/lib/domain/conversations/schema';
import { profileSchema } from '@/lib/domain/users/schema';
import { table } from '@/lib/doors/sockets/table';
import { restAnswers } from '@/tests/support/answers';
import { documentedEvent, documentedEvents, existingRoutes } from '@/tests/support/wire';

// Clients are written against docs/protocol.md: a feature that it does not name cannot be used, and one that it names has to
// exist.

const wire = readFileSync('docs/protocol.md', 'utf8').replace(/\s+/g, ' ');

describe('docs/protocol.md', () => {
  test('names every request of "client sends", and no other', () => {
    expect(documentedEvents('client sends')).toEqual(Object.keys(table).toSorted());
  });

  test('names every event of "server sends", and no other', () => {
    expect(documentedEvents('server sends')).toEqual(Object.keys(serverEvents).toSorted());
  });

  test.each(Object.entries(serverEvents))('says whom %s goes to, and the fields it has', (name, { to, schema }) => {
    const [, audience = '', payload = ''] = documentedEvent(name).split(' | ');
    const words = {
      presence: 'sockets that subscribed',
      socket: 'the socket',
      session: 'the socket',
      viewers: '`members:` of all',
    };
    expect(audience).toContain(to in words ? words[to as keyof typeof words] : `\`${to}:\``);
    for (const field of Object.keys(schema.shape)) expect(payload).toMatch(new RegExp(`\\b${field}\\b`));
  });

  test('names every REST route and its methods, and no other', () => {
    const routes = existingRoutes();
    expect(routes.length).toBeGreaterThan(40);
    expect(documentedRoutes()).toEqual(routes.toSorted());
    // Each route also has a schema, by which tests check its answers.
    expect(Object.keys(restAnswers).toSorted()).toEqual(routes.filter((route) => !route.startsWith('HEAD')).toSorted());
  });

  test.each([
    ['PATCH /api/me', profileSchema],
    ['PATCH /api/conversations/:id/me', updateMembershipSchema],
  ])('names every field of %s, settings among them', (route, schema) => {
    const path = route.split(' ')[1]!;
    const row = wire.split(' | ').find((_, index, cells) => cells[index - 1]?.includes(`PATCH ${path}\``)) ?? '';
    for (const field of Object.keys(schema.shape)) expect(row).toContain(`${field}?`);
  });
});

/** A method without a path belongs to the path of the next one: `GET`, `PATCH /api/me`. */
function documentedRoutes(): string[] {
  const routes = new Set<string>();
  for (const [, methods = '', path = ''] of wire.matchAll(/((?:`[A-Z]+`, )*`[A-Z]+) (\/api\/[^`?]*)(?:\?[^`]*)?`/g))
    for (const [method] of methods.matchAll(/[A-Z]+/g))
      routes.add(`${method} ${path.trim().replace(/participants\/me$/, 'participants/:userId')}`);
  return [...routes].toSorted();
}
