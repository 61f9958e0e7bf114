import { beforeAll, describe, expect, test } from 'vitest';
import { GET as searchRoute } from '@/app/api/search/route';
import { upload } from '@/lib/domain/attachments/attachment';
import { createDirect } from '@/lib/domain/conversations/conversation';
import { deleteMessage, editMessage } from '@/lib/domain/messages/message';
import { addReaction } from '@/lib/domain/reactions/reaction';
import { markRead } from '@/lib/domain/receipts/receipt';
import { pool } from '@/lib/platform/db/pool';
import { insertGroup } from '@/tests/support/conversations';
import { cast } from '@/tests/support/people';
import { ask } from '@/tests/support/requests';
import { find, indexAll, marked, textsFound } from '@/tests/support/search';
import { tokenFor } from '@/tests/support/sockets';
import { postSystemMessage, say, sayMany } from '@/tests/support/talk';
import { formRequest } from '@/tests/support/uploads';

process.env.RATE_LIMIT_MESSAGE = '10000/60';
process.env.RATE_LIMIT_SEARCH = '10000/60';

const { ada, grace, mallory } = await cast('ada', 'grace', 'mallory');
let room: string;

const attach = async (name: string, content: string) => (await upload(ada.id, formRequest(content, name))).id;

describe('words', () => {
  beforeAll(async () => {
    room = await insertGroup([ada, grace]);
    for (const text of [
      'We deployed the Café menu',
      'Deploying on Friday is brave',
      'ERR_42-x in v2.4.0-rc.3, see parseQuery',
      'write to lena@example.com',
      '我家在上海东边',
      'สวัสดีครับ',
      'the new menu is not the old menu',
      "it's 100% sure \\ maybe",
      'running late 🎉',
    ])
      await say(ada, room, text);
    await say(ada, room, 'report', { attachmentIds: [await attach('Quarterly-Figures.csv', 'region;revenue\nnorth;4711')] });
    await indexAll();
  });

  test.each([
    ['cafe', ['We deployed the Café menu']],
    ['CAFÉ', ['We deployed the Café menu']],
    ['deploy', ['Deploying on Friday is brave', 'We deployed the Café menu']],
    ['deploys', ['Deploying on Friday is brave', 'We deployed the Café menu']],
    ['run', ['running late 🎉']],
    ['ran late', []],
    ['fri', ['Deploying on Friday is brave']],
    ['fr', []],
    ['menu old', ['the new menu is not the old menu']],
    ['"new menu"', ['the new menu is not the old menu']],
    ['"menu new"', []],
    ['menu -old', ['We deployed the Café menu']],
    ['menu -"new menu"', ['We deployed the Café menu']],
    ['err_42-x', ['ERR_42-x in v2.4.0-rc.3, see parseQuery']],
    ['42', ['ERR_42-x in v2.4.0-rc.3, see parseQuery']],
    ['v2.4.0', ['ERR_42-x in v2.4.0-rc.3, see parseQuery']],
    ['query', ['ERR_42-x in v2.4.0-rc.3, see parseQuery']],
    ['example.com', ['write to lena@example.com']],
    ['上海', ['我家在上海东边']],
    ['上', ['我家在上海东边']],
    ['上海东边', ['我家在上海东边']],
    ['海上', []],
    ['สวัส', ['สวัสดีครับ']],
    ['🎉', ['running late 🎉']],
    ["it's", ["it's 100% sure \\ maybe"]],
    ['%', []],
    ["\\ ' :* & | !", []],
    ['-menu', []],
    ['', []],
    ['figures', ['report']],
    ['4711', ['report']],
    ['has:file', ['report']],
    ['revenue has:image', []],
  ])('%s', async (q, expected) => {
    expect(await textsFound(ada, q)).toEqual(expected);
  });

  test('a snippet marks words, their other forms, and hits in a file name', async () => {
    const snippets = async (q: string) => (await find(ada, q)).results.map(({ snippet }) => marked(snippet));
    expect(await snippets('deploys')).toEqual(['[Deploying] on Friday is brave', 'We [deployed] the Café menu']);
    expect(await snippets('figures')).toEqual(['Quarterly-[Figures].csv']);
    expect(await snippets('上海')).toEqual(['我家在[上海]东边']);
  });

  test('one wrong letter is corrected when nothing is found otherwise', async () => {
    expect(await find(ada, 'Firday -xyz')).toMatchObject({ correctedTo: 'friday -xyz', count: { value: 1, exact: true } });
    expect(await find(ada, 'friday')).toMatchObject({ correctedTo: null });
    expect(await find(ada, 'mneu')).toMatchObject({ correctedTo: null, results: [] });
    // Corrections do not reveal words of other people's conversations.
    expect(await find(mallory, 'Firday')).toMatchObject({ correctedTo: null, results: [] });
  });

  test('a part of a word is found when nothing else is', async () => {
    const found = await find(ada, 'ploy', { limit: 1 });
    expect(found).toMatchObject({ correctedTo: null, count: { value: 2, exact: true } });
    expect(marked(found.results[0]?.snippet ?? [])).toBe('[Deploying] on Friday is brave');
    const rest = await find(ada, 'ploy', { limit: 1, cursor: found.nextCursor ?? '' });
    expect(rest.results.map(({ message }) => message.content)).toEqual(['We deployed the Café menu']);
    expect(rest.nextCursor).toBeNull();
    expect(await textsFound(ada, 'ploy -menu')).toEqual(['Deploying on Friday is brave']);
    expect(await textsFound(ada, 'ploy brave')).toEqual(['Deploying on Friday is brave']);
    // A word that begins with it is found without its parts, and two letters are too few.
    expect(await textsFound(ada, 'men')).toEqual(await textsFound(ada, 'menu'));
    expect(await find(ada, 'oy')).toMatchObject({ results: [] });
    expect(await find(mallory, 'ploy')).toMatchObject({ results: [], count: { value: 0, exact: true } });
  });

  test('the best are words as they are, then their forms', async () => {
    await say(ada, room, 'relate this');
    await say(ada, room, 'they are related');
    await indexAll();
    expect(await textsFound(ada, 'relate', { sort: 'best' })).toEqual(['relate this', 'they are related']);
    expect(await textsFound(ada, 'relate')).toEqual(['they are related', 'relate this']);
  });
});

describe('people who may not find a message', () => {
  test('those who are not in the conversation, do not see it yet, or left it', async () => {
    const own = await insertGroup([ada, grace]);
    await say(ada, own, 'zeppelin over the harbour');
    await indexAll();
    expect(await textsFound(grace, 'zeppelin')).toHaveLength(1);
    const outsider = { results: [], count: { value: 0, exact: true }, nextCursor: null };
    expect(await find(mallory, 'zeppelin')).toMatchObject(outsider);
    expect(await find(mallory, 'zeppelin', { conversationId: own })).toMatchObject(outsider);
    expect(await find(mallory, `zeppelin in:@ada`)).toMatchObject(outsider);
    await pool().query(`UPDATE "Participant" SET "leftAt" = now() WHERE "conversationId" = $1 AND "userId" = $2`, [
      own,
      grace.id,
    ]);
    expect(await find(grace, 'zeppelin')).toMatchObject(outsider);
    await pool().query(`UPDATE "Conversation" SET "deletedAt" = now() WHERE id = $1`, [own]);
    expect(await find(ada, 'zeppelin')).toMatchObject(outsider);
  });

  test('edited and deleted text is not found, even before it is indexed', async () => {
    const own = await insertGroup([ada, grace]);
    const edited = await say(ada, own, 'walrus one');
    const deleted = await say(ada, own, 'walrus two');
    await indexAll();
    expect(await find(ada, 'walrus')).toMatchObject({ count: { value: 2 } });
    await editMessage(ada.id, edited.id, 'otter');
    await deleteMessage(ada.id, deleted.id);
    expect(await find(ada, 'walrus')).toMatchObject({ results: [], count: { value: 0, exact: true } });
    await indexAll();
    expect(await find(ada, 'walrus')).toMatchObject({ results: [], count: { value: 0, exact: true } });
    expect(await textsFound(ada, 'otter')).toEqual(['otter']);
    // Reactions do not change what a message is found by.
    await addReaction(grace.id, edited.id, '👍');
    expect(await textsFound(ada, 'otter')).toEqual(['otter']);
    await indexAll();
    expect(await textsFound(ada, 'otter has:reaction')).toEqual(['otter']);
  });

  test('system messages are not found', async () => {
    await postSystemMessage(room, ada.id, { action: 'renamed', actorId: ada.id, name: 'Xylophone' });
    await indexAll();
    expect(await textsFound(ada, 'xylophone')).toEqual([]);
  });
});

describe('operators', () => {
  let direct: string;

  beforeAll(async () => {
    direct = (await createDirect(ada.id, grace.id)).conversation.id;
    await say(ada, direct, 'pelican from Ada');
    await say(grace, direct, 'pelican from Grace, https://a.example/x for @ada');
    await say(grace, room, 'pelican elsewhere');
    await indexAll();
  });

  test.each([
    ['pelican from:me', ['pelican from Ada']],
    ['pelican from:@grace', ['pelican elsewhere', 'pelican from Grace, https://a.example/x for @ada']],
    ['pelican from:@nobody', []],
    ['pelican in:@grace', ['pelican from Grace, https://a.example/x for @ada', 'pelican from Ada']],
    ['pelican in:#engine-room', ['pelican elsewhere']],
    ['pelican in:"#Engine room" in:@grace from:me', ['pelican from Ada']],
    ['pelican in:#other', []],
    ['pelican has:link', ['pelican from Grace, https://a.example/x for @ada']],
    ['pelican is:mention', ['pelican from Grace, https://a.example/x for @ada']],
    ['pelican on:today in:@grace from:me', ['pelican from Ada']],
    ['pelican on:yesterday', []],
    ['pelican before:today', []],
    ['pelican after:yesterday from:me', ['pelican from Ada']],
    ['pelican before:0001-01-01', []],
    ['pelican after:9999-12-31', []],
    ['pelican has:poll', []],
    ['pelican is:saved', []],
    ['in:@grace', ['pelican from Grace, https://a.example/x for @ada', 'pelican from Ada']],
  ])('%s', async (q, expected) => {
    expect(await textsFound(ada, q)).toEqual(expected);
  });

  test('as parameters mean the same', async () => {
    const { token } = await tokenFor(ada);
    const texts = async (query: Record<string, string>) => {
      const { body } = await ask(searchRoute, { token, path: `/api/search?${new URLSearchParams(query)}` });
      return body.results.map(({ message }: { message: { content: string } }) => message.content);
    };
    expect(await texts({ q: 'pelican', from: 'me' })).toEqual(['pelican from Ada']);
    expect(await texts({ q: 'pelican', from: `${grace.id},me`, conversationId: direct })).toHaveLength(2);
    expect(await texts({ has: 'link', conversationId: direct })).toHaveLength(1);
    expect(await texts({ q: 'pelican', before: 'today' })).toEqual([]);
    expect(await texts({ q: 'pelican', after: 'yesterday', tz: 'Foo/Bar' })).toHaveLength(3);
    const refused = await ask(searchRoute, { token, path: '/api/search?q=a&has=nothing' });
    expect([refused.status, refused.body.error.code]).toEqual([400, 'VALIDATION_FAILED']);
  });

  test('is:unread finds the messages of others after the read watermark', async () => {
    const own = await insertGroup([ada, grace]);
    const [first] = await sayMany(grace, own, 3);
    await markRead(ada.id, own, first?.seq);
    await indexAll();
    expect(await textsFound(ada, 'message is:unread', { conversationId: own })).toEqual(['Message 3', 'Message 2']);
  });

  test('a direct conversation is called by the other one in it', async () => {
    const nameFor = async (reader: typeof ada) =>
      (await find(reader, 'pelican', { conversationId: direct })).results[0]?.conversation;
    expect(await nameFor(ada)).toEqual({ id: direct, kind: 'direct', name: grace.name, image: null });
    expect(await nameFor(grace)).toMatchObject({ name: ada.name });
  });
});
