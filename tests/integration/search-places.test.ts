import { beforeAll, describe, expect, test } from 'vitest';
import { GET as filesRoute } from '@/app/api/conversations/[id]/files/route';
import { GET as linksRoute } from '@/app/api/conversations/[id]/links/route';
import { GET as goRoute } from '@/app/api/go/route';
import { upload } from '@/lib/domain/attachments/attachment';
import { createDirect } from '@/lib/domain/conversations/conversation';
import { deleteMessage } from '@/lib/domain/messages/message';
import { pool } from '@/lib/platform/db/pool';
import { insertGroup } from '@/tests/support/conversations';
import { cast, createPerson } from '@/tests/support/people';
import { ask } from '@/tests/support/requests';
import { indexAll } from '@/tests/support/search';
import { tokenFor } from '@/tests/support/sockets';
import { say } from '@/tests/support/talk';
import { formRequest } from '@/tests/support/uploads';

process.env.RATE_LIMIT_SEARCH = '1000/60';

const { ada, grace, mallory } = await cast('ada', 'grace', 'mallory');

describe('the contents of a conversation', () => {
  let room: string;
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const attach = async (content: string | Buffer, name: string) => (await upload(ada.id, formRequest(content, name))).id;
  const get = async (route: typeof filesRoute, what: string, reader: typeof ada, query = '') => {
    const { token } = await tokenFor(reader);
    return ask(route, { token, path: `/api/conversations/${room}/${what}${query}`, params: { id: room } });
  };
  const names = async (query = '') =>
    (await get(filesRoute, 'files', ada, query)).body.files.map(
      ({ attachment }: { attachment: { name: string } }) => attachment.name,
    );

  beforeAll(async () => {
    room = await insertGroup([ada, grace]);
    await say(ada, room, '', { attachmentIds: [await attach('notes', 'notes.md'), await attach(png, 'dot.png')] });
    await say(ada, room, 'see https://a.example/one and [two](https://a.example/two), not file:///etc');
    await say(ada, room, '', { attachmentIds: [await attach('more', 'more.txt')] });
    const gone = await say(ada, room, 'https://gone.example');
    await deleteMessage(ada.id, gone.id);
    await indexAll();
  });

  test('files come newest first, by kind, page by page', async () => {
    expect(await names()).toEqual(['more.txt', 'notes.md', 'dot.png']);
    expect(await names('?kind=image')).toEqual(['dot.png']);
    expect(await names('?kind=file')).toEqual(['more.txt', 'notes.md']);
    expect(await names('?kind=audio')).toEqual([]);
    const { body } = await get(filesRoute, 'files', ada, '?limit=1');
    expect(body.nextCursor).not.toBeNull();
    expect(await names(`?limit=1&cursor=${body.nextCursor}`)).toEqual(['notes.md', 'dot.png']);
  });

  test('links are those that can be opened, without those of deleted messages', async () => {
    const { body } = await get(linksRoute, 'links', grace);
    expect(body.links.map(({ url }: { url: string }) => url)).toEqual(['https://a.example/one', 'https://a.example/two']);
    expect(body.links[0].message.conversationId).toBe(room);
  });

  test('an outsider finds no such conversation', async () => {
    expect((await get(filesRoute, 'files', mallory)).status).toBe(404);
    expect((await get(linksRoute, 'links', mallory)).status).toBe(404);
  });
});

describe('where to go', () => {
  const places = async (reader: typeof ada, q: string) => {
    const { token } = await tokenFor(reader);
    const { body } = await ask(goRoute, { token, path: `/api/go?${new URLSearchParams({ q })}` });
    const people: string[] = body.people.map(({ name }: { name: string }) => name);
    const groups: string[] = body.conversations.map(({ name }: { name: string }) => name);
    return { people, groups };
  };
  const rename = (id: string, name: string) => pool().query('UPDATE "Conversation" SET name = $2 WHERE id = $1', [id, name]);

  test.each([
    ['grace', 'Grace Hopper'],
    ['Hopp', 'Grace Hopper'],
    ['hoper', 'Grace Hopper'],
    ['garce', 'Grace Hopper'],
    ['grcae hop', 'Grace Hopper'],
  ])('%j leads to a person', async (q, name) => {
    expect((await places(ada, q)).people).toEqual([name]);
  });

  test.each(['gx', 'grc', 'gruxe', '%', "'"])('%j leads nowhere', async (q) => {
    expect(await places(ada, q)).toEqual({ people: [], groups: [] });
  });

  test('people with recent messages come before others who match equally', async () => {
    const [first, second] = [await createPerson({ name: 'Quinn Abel' }), await createPerson({ name: 'Quinn Zorn' })];
    expect((await places(ada, 'quinn')).people).toEqual(['Quinn Abel', 'Quinn Zorn']);
    const { conversation } = await createDirect(ada.id, second.id);
    await say(ada, conversation.id, 'Hello');
    expect((await places(ada, 'quinn')).people).toEqual(['Quinn Zorn', 'Quinn Abel']);
    expect((await places(first, 'quinn')).people).toEqual(['Quinn Abel', 'Quinn Zorn']);
  });

  test('private groups show only to their members, public ones to everybody, deleted ones to nobody', async () => {
    const [own, open, gone] = [await insertGroup([ada]), await insertGroup([grace], 'PUBLIC'), await insertGroup([ada])];
    await rename(own, 'Observatory, private');
    await rename(open, 'Observatory, open');
    await rename(gone, 'Observatory, gone');
    await pool().query('UPDATE "Conversation" SET "deletedAt" = now() WHERE id = $1', [gone]);
    expect((await places(ada, 'observatory')).groups.toSorted()).toEqual(['Observatory, open', 'Observatory, private']);
    expect((await places(mallory, 'observatory')).groups).toEqual(['Observatory, open']);
    await pool().query('UPDATE "Participant" SET "leftAt" = now() WHERE "conversationId" = $1', [own]);
    expect((await places(ada, 'observatory')).groups).toEqual(['Observatory, open']);
  });
});
