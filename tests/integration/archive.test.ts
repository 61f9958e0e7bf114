import '@/tests/support/past';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { archiveOldMonths, listArchives } from '@/lib/domain/archives/archive';
import { monthsBefore } from '@/lib/domain/archives/months';
import { upload } from '@/lib/domain/attachments/attachment';
import { serveAttachment } from '@/lib/domain/attachments/serving';
import { conversationUpkeep } from '@/lib/domain/conversations/upkeep';
import { pool } from '@/lib/platform/db/pool';
import { env } from '@/lib/platform/env/env';
import { storage } from '@/lib/platform/storage/storage';
import { doUpkeep } from '@/lib/platform/upkeep/upkeep';
import { insertGroup } from '@/tests/support/conversations';
import { at, everything, monthsKept } from '@/tests/support/past';
import { codeOf, say } from '@/tests/support/talk';
import { asUpkeep, purge } from '@/tests/support/upkeep';
import { formRequest } from '@/tests/support/uploads';
import { archiveJanuary, aYear, january, restoreJanuary, type Year } from '@/tests/support/year';

let year: Year;

beforeAll(async () => {
  year = await aYear();
});

const soon = () => new Date(Date.now() + 25 * 3_600_000);
const download = (id: string) => serveAttachment(year.ada.id, id, new Request('http://parley.test/'));

/** The number of calendar months since January by the database's clock: the largest retention that archives January. */
async function monthsSinceJanuary(): Promise<number> {
  const { rows } = await pool().query<{ count: number }>(
    `SELECT (extract(year FROM a) * 12 + extract(month FROM a))::int AS count FROM age(now() AT TIME ZONE 'UTC', '2026-02-01') AS a`,
  );
  return rows[0]!.count;
}

beforeEach(async () => {
  const [archived] = await listArchives();
  if (archived?.state === 'ARCHIVED') await restoreJanuary();
});

describe('a month', () => {
  test('is identical after archiving and restoring', async () => {
    const before = await everything();
    const kinds = await pool().query(
      `SELECT count(*) FILTER (WHERE type = 'SYSTEM')::int AS system, count("editedAt")::int AS edited, count("deletedAt")::int AS deleted,
         count("replyToId")::int AS replies, count(metadata)::int AS metadata FROM "Message"`,
    );
    expect(kinds.rows).toEqual([{ system: 1, edited: 1, deleted: 1, replies: 1, metadata: 3 }]);
    expect(Object.values(before).map(({ length }) => length)).toEqual([13, 1, 3, 4, 1]);

    await archiveJanuary();
    expect(await monthsKept()).not.toContain(january);
    const after = await everything();
    expect(Object.values(after).map(({ length }) => length)).toEqual([4, 0, 0, 2, 0]);
    expect(before.Message).toEqual(expect.arrayContaining(after.Message!));

    await restoreJanuary();
    expect(await everything()).toEqual(before);
  });

  test('is a file with a line for each row between a header and the counts', async () => {
    await archiveJanuary();
    const archive = (await listArchives())[0]!;
    const bytes = await buffer((await storage().open(`${archive.fileId}.archive`))!);
    expect(bytes.length).toBe(Number(archive.size));
    const lines = gunzipSync(bytes).toString().trimEnd().split('\n');
    expect(JSON.parse(lines[0]!)).toMatchObject({ parley: 'archive', version: 1, month: january });
    expect(JSON.parse(lines.at(-1)!)).toEqual({ counts: { Message: 9, Attachment: 1, Reaction: 3, Mention: 2, Pin: 1 } });
    expect(lines.slice(1, -1).map((line) => JSON.parse(line).table)).toEqual([
      ...Array(9).fill('Message'),
      'Attachment',
      ...Array(3).fill('Reaction'),
      ...Array(2).fill('Mention'),
      'Pin',
    ]);
    expect(archive).toMatchObject({ messages: 9, attachments: 1, reactions: 3, mentions: 2, pins: 1 });
  });

  test('is archived again after a restore when its time comes, with later changes', async () => {
    await archiveJanuary();
    await restoreJanuary(5);
    const first = await listArchives();
    const months = await monthsSinceJanuary();
    await asUpkeep((lease) => archiveOldMonths(lease, months));
    expect((await listArchives())[0]).toMatchObject({ state: 'RESTORED', fileId: first[0]!.fileId });

    await at('2026-01-31T23:59:30Z', () => say(year.ada, year.quiet, 'added'));
    const before = await everything();
    await pool().query(`UPDATE "Archive" SET "keepUntil" = now() - interval '1 ms'`);
    await asUpkeep((lease) => archiveOldMonths(lease, months));
    const [again] = await listArchives();
    expect(again).toMatchObject({ state: 'ARCHIVED', messages: first[0]!.messages + 1 });
    expect(again!.fileId).not.toBe(first[0]!.fileId);
    await restoreJanuary();
    expect(await everything()).toEqual(before);
  });
});

describe('the retention', () => {
  test('applies to whole months', async () => {
    const months = await monthsSinceJanuary();
    await pool().query(`UPDATE "Archive" SET "keepUntil" = now() - interval '1 ms'`);
    expect(await monthsBefore(months)).toEqual([january]);
    expect(await monthsBefore(months + 1)).toEqual([]);
    expect(await monthsBefore(months - 1)).toEqual([january, '2026-02']);
  });

  test('is off without the setting', async () => {
    const before = [await everything(), await monthsKept(), await listArchives()];
    expect(env().RETENTION_MONTHS).toBe(0);
    await asUpkeep((lease) => archiveOldMonths(lease));
    expect([await everything(), await monthsKept(), await listArchives()]).toEqual(before);
  });
});

describe('the files of archived messages', () => {
  test('stay as long as they can be restored, and are served to nobody meanwhile', async () => {
    expect((await download(year.fileId)).status).toBe(200);
    await archiveJanuary();
    const { fileId } = (await listArchives())[0]!;
    expect(await codeOf(download(year.fileId))).toBe('NOT_FOUND');
    await purge(soon());
    expect(await storage().size(year.fileId)).toBe(14);
    expect(await storage().size(`${fileId}.archive`)).toBeGreaterThan(100);
    await restoreJanuary();
    expect(await (await download(year.fileId)).text()).toBe('kept for years');
  });

  test('of interrupted runs are swept, and the archive’s own stay', async () => {
    await archiveJanuary();
    const first = (await listArchives())[0]!.fileId;
    await restoreJanuary();
    await archiveJanuary();
    const second = (await listArchives())[0]!.fileId;
    await purge(soon());
    expect(await storage().size(`${first}.archive`)).toBeNull();
    expect(await storage().size(`${second}.archive`)).not.toBeNull();
  });

  test('of a conversation that was deleted for good are removed, and its messages stay away', async () => {
    const { ada } = year;
    const gone = await insertGroup([ada]);
    const file = await upload(ada.id, formRequest('forgotten', 'file.txt'));
    await at('2026-01-15T00:00:00Z', () => say(ada, gone, 'forget me', { attachmentIds: [file.id] }));
    await archiveJanuary();
    await pool().query(`UPDATE "Conversation" SET "deletedAt" = now() - interval '31 days' WHERE id = $1`, [gone]);
    await doUpkeep(conversationUpkeep);
    await purge(soon());
    expect(await storage().size(file.id)).toBeNull();
    expect(await storage().size(year.fileId)).toBe(14);
    expect(await restoreJanuary()).toMatchObject({ leftOut: 1 });
    expect((await pool().query('SELECT 1 FROM "Message" WHERE "conversationId" = $1', [gone])).rowCount).toBe(0);
  });
});
