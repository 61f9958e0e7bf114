import '@/tests/support/past';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { archivedTables, noRows, readArchive } from '@/lib/domain/archives/format';
import { getConversation } from '@/lib/domain/conversations/conversation';
import { listPins, pinMessage, unpinMessage } from '@/lib/domain/pins/pin';
import { listPinsSchema } from '@/lib/domain/pins/schema';
import { codeOf } from '@/tests/support/talk';
import { archiveJanuary, aYear, january, restoreJanuary } from '@/tests/support/year';

test('pins go into the archive with their messages, and come back as they were', async () => {
  const { ada, grace, linus, room, january: old, february } = await aYear();
  await pinMessage(grace.id, february[0]!.id);
  const listed = () => listPins(ada.id, room, listPinsSchema.parse({}));
  const before = await listed();
  expect(before.pins.map(({ message }) => message.id)).toEqual([february[0]!.id, old[3]!.id]);

  await archiveJanuary();
  expect((await listed()).pins.map(({ message }) => message.id)).toEqual([february[0]!.id]);
  expect((await getConversation(linus.id, room)).pins).toMatchObject({ count: 1, latest: { id: february[0]!.id } });
  for (const attempt of [pinMessage, unpinMessage]) expect(await codeOf(attempt(ada.id, old[3]!.id))).toBe('NOT_FOUND');

  expect((await restoreJanuary()).counts).toMatchObject({ Pin: 1 });
  expect(await listed()).toEqual(before);
  expect((await getConversation(linus.id, room)).pins?.count).toBe(2);
});

test('an archive that is older than pins can still be read', async () => {
  const tables = archivedTables.filter((table) => table !== 'Pin');
  const columns = Object.fromEntries(tables.map((table) => [table, ['id']]));
  const head = { parley: 'archive', version: 1, month: january, migration: '20261126220000_search', columns };
  const counts = { Message: 1, Attachment: 0, Reaction: 0, Mention: 0 };
  const lines = [head, { table: 'Message', row: { id: 'x' } }, { counts }].map((line) => `${JSON.stringify(line)}\n`);
  const bytes = gzipSync(lines.join(''));
  const written = {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    size: bytes.length,
    counts: { ...noRows(), Message: 1 },
  };
  const parts: unknown[] = [];
  for await (const part of readArchive(Readable.from([bytes]), written)) parts.push(part);
  expect(parts).toEqual([head, { table: 'Message', row: '{"id":"x"}' }]);
});
