import { randomUUID } from 'node:crypto';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { removeFiles, upload } from '@/lib/domain/attachments/attachment';
import type { Attachment } from '@/lib/domain/attachments/schema';
import { serveAttachment } from '@/lib/domain/attachments/serving';

import { prisma } from '@/lib/platform/db/prisma';
import { storage, uploadsDir } from '@/lib/platform/storage/storage';
import { insertGroup, insertMessage } from '@/tests/support/conversations';
import { cast, type Person } from '@/tests/support/people';
import { purge } from '@/tests/support/upkeep';
import { formRequest, photo } from '@/tests/support/uploads';

let ada: Person;
let grace: Person;
let mallory: Person;

beforeAll(async () => {
  ({ ada, grace, mallory } = await cast('ada', 'grace', 'mallory'));
});

const get = (person: Person, id: string, headers = {}, options = {}, method = 'GET') =>
  serveAttachment(person.id, id, new Request('http://parley.test/', { method, headers }), options);

const sees = async (person: Person, id: string, options = {}) => expect((await get(person, id, {}, options)).status).toBe(200);

const seesNot = (person: Person, id: string, options = {}) =>
  expect(get(person, id, {}, options)).rejects.toMatchObject({ code: 'NOT_FOUND' });

const letter = (content = '0123456789') => upload(ada.id, formRequest(content, 'letter.txt'));
const picture = async () => upload(ada.id, formRequest(await photo('jpeg'), 'photo.jpg'));

test('an upload without a message is visible only to its uploader', async () => {
  const { id } = await letter();
  await sees(ada, id);
  await seesNot(grace, id);
  await seesNot(mallory, id);
});

test('a message’s file and thumbnail are for members of the conversation', async () => {
  const { id } = await picture();
  await insertMessage(await insertGroup([ada, grace]), ada, '', [id]);
  await sees(grace, id);
  await sees(grace, id, { thumbnail: true });
  await seesNot(mallory, id);
  await seesNot(mallory, id, { thumbnail: true });
});

test('a public group’s files are for its members only, too', async () => {
  const { id } = await letter();
  await insertMessage(await insertGroup([ada, grace], 'PUBLIC'), ada, '', [id]);
  await sees(grace, id);
  await seesNot(mallory, id);
});

test('people who left no longer see the files, not even their own', async () => {
  const { id } = await letter();
  const conversationId = await insertGroup([grace, ada]);
  await insertMessage(conversationId, ada, '', [id]);
  await sees(ada, id);
  await prisma().participant.updateMany({ where: { conversationId, userId: ada.id }, data: { leftAt: new Date() } });
  await seesNot(ada, id);
  await sees(grace, id);
});

test('the files of a deleted message, and of a deleted conversation, are no longer served', async () => {
  const [first, second] = [await letter(), await letter()];
  const conversationId = await insertGroup([ada, grace]);
  const messageId = await insertMessage(conversationId, ada, '', [first.id]);
  await insertMessage(conversationId, ada, '', [second.id]);
  await sees(grace, first.id);
  await prisma().message.updateMany({ where: { id: messageId }, data: { deletedAt: new Date() } });
  await seesNot(grace, first.id);
  await sees(grace, second.id);
  await prisma().conversation.update({ where: { id: conversationId }, data: { deletedAt: new Date() } });
  await seesNot(grace, second.id);
});

test('a person’s picture is for anybody who is signed in', async () => {
  const { id } = await picture();
  await seesNot(mallory, id);
  await prisma().user.update({ where: { id: ada.id }, data: { imageId: id } });
  await sees(mallory, id, { thumbnail: true });
});

test('a private group’s picture is for its members, a public one’s for anybody', async () => {
  const { id } = await picture();
  const conversationId = await insertGroup([ada, grace]);
  await prisma().conversation.update({ where: { id: conversationId }, data: { imageId: id } });
  await sees(grace, id);
  await seesNot(mallory, id);
  await prisma().conversation.update({ where: { id: conversationId }, data: { visibility: 'PUBLIC' } });
  await sees(mallory, id);
});

test('a missing file and a forbidden one get the same answer', async () => {
  await seesNot(ada, randomUUID());
  await seesNot(ada, (await letter()).id, { thumbnail: true });
});

test('a file is served so that it cannot run code', async () => {
  const { headers } = await get(ada, (await upload(ada.id, formRequest('<script>alert(1)</script>', 'é.html'))).id);
  expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(headers.get('content-disposition')).toBe(`attachment; filename="_.html"; filename*=UTF-8''%C3%A9.html`);
  expect(headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('cache-control')).toBe('private, no-cache, no-transform');
});

test('a picture is served inline', async () => {
  const { headers } = await get(ada, (await picture()).id);
  expect(headers.get('content-disposition')).toMatch(/^inline; filename="photo.jpg"/);
  expect(headers.get('content-type')).toBe('image/jpeg');
});

async function expectPart(attachment: Attachment, headers: object, status: number, body: string, contentRange: string | null) {
  const response = await get(ada, attachment.id, headers);
  expect(response.status).toBe(status);
  expect(await response.text()).toBe(body);
  expect(response.headers.get('content-range')).toBe(contentRange);
}

test('ranges are served', async () => {
  const attachment = await letter('0123456789');
  const etag = (await get(ada, attachment.id)).headers.get('etag');
  await expectPart(attachment, { range: 'bytes=2-4' }, 206, '234', 'bytes 2-4/10');
  await expectPart(attachment, { range: 'bytes=-2' }, 206, '89', 'bytes 8-9/10');
  await expectPart(attachment, { range: 'bytes=10-' }, 416, '', 'bytes */10');
  await expectPart(attachment, { range: 'bytes=2-4', 'if-range': etag }, 206, '234', 'bytes 2-4/10');
  await expectPart(attachment, { range: 'bytes=2-4', 'if-range': '"another"' }, 200, '0123456789', null);
});

test('a matching ETag gets 304', async () => {
  const { id } = await letter();
  const etag = (await get(ada, id)).headers.get('etag') ?? '';
  expect(etag).toMatch(/^"[^"]+"$/);
  expect((await get(ada, id, { 'if-none-match': `"x", W/${etag}` })).status).toBe(304);
  expect((await get(ada, id, { 'if-none-match': '"x"' })).status).toBe(200);
  await expect(get(mallory, id, { 'if-none-match': etag })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('HEAD answers everything but the body', async () => {
  const response = await get(ada, (await letter()).id, {}, {}, 'HEAD');
  expect(response.headers.get('content-length')).toBe('10');
  expect(await response.text()).toBe('');
});

const soon = () => new Date(Date.now() + 25 * 60 * 60 * 1000);

test('an upload without a message is removed after a day, and no other', async () => {
  const [lost, sent, face] = [await picture(), await letter(), await picture()];
  await insertMessage(await insertGroup([ada]), ada, '', [sent.id]);
  await prisma().user.update({ where: { id: grace.id }, data: { imageId: face.id } });

  await purge();
  await sees(ada, lost.id);
  await purge(soon());
  await seesNot(ada, lost.id);
  expect(await storage().size(lost.id)).toBeNull();
  await sees(ada, sent.id);
  await sees(ada, face.id, { thumbnail: true });
});

test('a file without a row is removed after a day', async () => {
  const { id } = await letter();
  await prisma().attachment.delete({ where: { id } });
  await purge();
  expect(await storage().size(id)).toBe(10);
  await purge(soon());
  expect(await storage().size(id)).toBeNull();
});

test('files older than the database stay, because a missing row may be a mistake', async () => {
  const { id } = await letter();
  await prisma().attachment.delete({ where: { id } });
  const before = new Date(Date.now() - 25 * 60 * 60 * 1000);
  await utimes(join(uploadsDir(), id.slice(32, 34), id.slice(34, 36), id), before, before);
  await purge(soon());
  expect(await storage().size(id)).toBe(10);
});

test('a removed file is gone with its thumbnail', async () => {
  const { id } = await picture();
  await removeFiles([id]);
  await seesNot(ada, id);
  await seesNot(ada, id, { thumbnail: true });
});

test('a text is served with its charset, and is text/plain on the wire', async () => {
  const attachment = await upload(grace.id, formRequest(Buffer.from('\ufeffa,b\r\n1,2\r\n', 'utf16le'), 'table.csv'));
  expect(attachment.mimeType).toBe('text/plain');
  const { headers } = await get(grace, attachment.id);
  expect(headers.get('content-type')).toBe('text/plain; charset=utf-16le');
  expect(headers.get('content-disposition')).toMatch(/^attachment; filename="table.csv"/);
});

test.each([
  [
    'a film for which browsers have no player',
    Buffer.concat([Buffer.from('RIFF8\0\0\0AVI LIST'), Buffer.alloc(48)]),
    'video/vnd.avi',
  ],
  ['a sound for which they have none', Buffer.concat([Buffer.from('#!AMR\n'), Buffer.alloc(16)]), 'audio/amr'],
  ['what is not sure', Buffer.concat([Buffer.from('fffb9000', 'hex'), Buffer.alloc(200)]), 'application/octet-stream'],
])('%s is a download, with its name and its size', async (_what, content, mimeType) => {
  const attachment = await upload(grace.id, formRequest(content, 'old.bin'));
  expect(attachment).toMatchObject({ name: 'old.bin', size: content.length, mimeType, thumbnailUrl: null });
  const response = await get(grace, attachment.id);
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="old.bin"/);
  expect(Buffer.from(await response.arrayBuffer()).equals(content)).toBe(true);
});
