import { PassThrough } from 'node:stream';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { upload } from '@/lib/domain/attachments/attachment';
import { deleteMessage, editMessage } from '@/lib/domain/messages/message';
import { backfill, reindexAll } from '@/lib/domain/search/backfill';
import { followChanges, markMissed } from '@/lib/domain/search/follow';
import { pool } from '@/lib/platform/db/pool';
import { transaction } from '@/lib/platform/db/sql';
import { log } from '@/lib/platform/log/log';
import { storage } from '@/lib/platform/storage/storage';
import { WorkerLost, WorkerPool } from '@/lib/platform/workers/worker-pool';
import { insertGroup } from '@/tests/support/conversations';
import { emptyQueue, makeDue, runJobs } from '@/tests/support/jobs';
import { pdfOf } from '@/tests/support/pdf';
import { cast } from '@/tests/support/people';
import { indexAll, textsFound } from '@/tests/support/search';
import { say } from '@/tests/support/talk';
import { formRequest } from '@/tests/support/uploads';

process.env.RATE_LIMIT_MESSAGE = '10000/60';
process.env.RATE_LIMIT_SEARCH = '10000/60';

const { ada, grace, mallory } = await cast('ada', 'grace', 'mallory');
let room: string;

emptyQueue();
beforeAll(async () => {
  room = await insertGroup([ada, grace]);
});
afterEach(() => vi.restoreAllMocks());

async function sayWithFile(text: string, content: Uint8Array | string, name = 'notes.txt') {
  const { id } = await upload(ada.id, formRequest(content, name));
  return say(ada, room, text, { attachmentIds: [id] });
}

/** What the index does at once, without reading a file. */
async function follow(): Promise<void> {
  await markMissed();
  while (await followChanges(transaction));
}

const openJobs = async () =>
  (
    await pool().query<{ id: string; key: string }>(
      `SELECT id, key FROM "Job" WHERE kind = 'search.files' AND "doneAt" IS NULL`,
    )
  ).rows;

test('a message is found by its text and the names of its files before they are read, and by their contents afterwards', async () => {
  const opened = vi.spyOn(storage(), 'open');
  await sayWithFile('the alpaca report', 'bandicoot', 'capybara.txt');
  await follow();
  expect(opened).not.toHaveBeenCalled();
  expect(await textsFound(grace, 'alpaca')).toHaveLength(1);
  expect(await textsFound(grace, 'capybara')).toHaveLength(1);
  expect(await textsFound(grace, 'bandicoot')).toEqual([]);
  await runJobs();
  expect(await textsFound(grace, 'bandicoot')).toEqual(['the alpaca report']);
  expect(await textsFound(mallory, 'bandicoot')).toEqual([]);
});

test('a store that does not answer holds up no other message, and the file is read when it answers again', async () => {
  const message = await sayWithFile('slow', 'dugong');
  const silent = new PassThrough();
  const opened = vi.spyOn(storage(), 'open').mockResolvedValue(silent);
  await follow();
  const running = runJobs();
  await vi.waitFor(() => expect(opened).toHaveBeenCalled());
  await say(grace, room, 'an echidna meanwhile');
  await follow();
  expect(await textsFound(ada, 'echidna')).toHaveLength(1);
  silent.destroy(new Error('The store is gone.'));
  await running;
  const [job] = await openJobs();
  expect(job?.key).toBe(message.id);
  opened.mockRestore();
  await makeDue(String(job?.id));
  await runJobs();
  expect(await textsFound(ada, 'dugong')).toEqual(['slow']);
});

test('an edit keeps what was read, a deletion takes it along', async () => {
  const message = await sayWithFile('first', 'fennec');
  await indexAll();
  const opened = vi.spyOn(storage(), 'open');
  await editMessage(ada.id, message.id, 'second');
  await follow();
  expect(await textsFound(ada, 'fennec')).toEqual(['second']);
  expect(opened).not.toHaveBeenCalled();
  await deleteMessage(ada.id, message.id);
  await indexAll();
  expect(await textsFound(ada, 'fennec')).toEqual([]);
  const { rows } = await pool().query('SELECT 1 FROM "AttachmentText" WHERE text = $1', ['fennec']);
  expect(rows).toEqual([]);
});

test('a message that is deleted while its file is read is not found, and its text is not kept', async () => {
  const message = await sayWithFile('gone soon', 'gerenuk');
  await follow();
  const file = new PassThrough();
  vi.spyOn(storage(), 'open').mockResolvedValue(file);
  const running = runJobs();
  await vi.waitFor(() => expect(storage().open).toHaveBeenCalled());
  await deleteMessage(ada.id, message.id);
  file.end('gerenuk');
  await running;
  await follow();
  expect(await textsFound(ada, 'gerenuk')).toEqual([]);
  expect((await pool().query(`SELECT 1 FROM "AttachmentText" WHERE text = 'gerenuk'`)).rows).toEqual([]);
});

test('a file that is missing from the store is found by its name', async () => {
  vi.spyOn(storage(), 'open').mockResolvedValue(null);
  await sayWithFile('', 'hoopoe', 'ibis.txt');
  await follow();
  await runJobs();
  expect(await openJobs()).toEqual([]);
  expect(await textsFound(ada, 'ibis')).toHaveLength(1);
  expect(await textsFound(ada, 'hoopoe')).toEqual([]);
});

test('indexing anew reads files that have not been read, before it locks the index; one that cannot be read is left to a job', async () => {
  await sayWithFile('old one', 'jerboa');
  await sayWithFile('old two', 'kudu');
  await follow();
  await pool().query('DELETE FROM "Job"');
  await reindexAll();
  const warned = vi.spyOn(log(), 'warn');
  // The newest is read first.
  const open = storage().open.bind(storage());
  let reads = 0;
  vi.spyOn(storage(), 'open').mockImplementation(async (key, range) => {
    reads += 1;
    const { rows } = await pool().query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
    expect(rows).toEqual([]);
    if (reads === 2) throw new Error('The store is gone.');
    return open(key, range);
  });
  while (await backfill(transaction));
  expect(await textsFound(ada, 'kudu')).toEqual(['old two']);
  expect(await textsFound(ada, 'jerboa')).toEqual([]);
  expect(warned).toHaveBeenCalledTimes(1);
  expect(await openJobs()).toHaveLength(1);
  await runJobs();
  expect(await textsFound(ada, 'jerboa')).toEqual(['old one']);
});

test('a PDF file is found by what a reader sees in it', async () => {
  await sayWithFile(
    'the plan',
    pdfOf([
      ['The official deploy-', 'ment of a well-'],
      ['known version', 'lemur,', '我家在上', '海东边'],
    ]),
    'plan.pdf',
  );
  await indexAll();
  for (const q of ['official', 'deployment', '"deployment of a"', 'well-known', 'known', '"version lemur"', '上海'])
    expect([q, await textsFound(grace, q, { conversationId: room })]).toEqual([q, ['the plan']]);
  expect(await textsFound(mallory, 'lemur')).toEqual([]);
});

test('a PDF file that cannot be read is found by its name, and the log warns', async () => {
  const warned = vi.spyOn(log(), 'warn');
  const message = await sayWithFile('broken', pdfOf([['meerkat']]).subarray(0, 200), 'numbat.pdf');
  expect(message.attachments[0]?.mimeType).toBe('application/pdf');
  await indexAll();
  expect(await textsFound(ada, 'numbat')).toEqual(['broken']);
  expect(await textsFound(ada, 'meerkat')).toEqual([]);
  expect(warned).toHaveBeenCalledTimes(1);
});

test('a PDF file whose reader is killed is read once more, and then counts as unreadable', async () => {
  const read = vi.spyOn(WorkerPool.prototype, 'run').mockRejectedValue(new WorkerLost('Too slow.'));
  await sayWithFile('hostile', pdfOf([['ocelot']]), 'pangolin.pdf');
  await follow();
  await runJobs();
  const [job] = await openJobs();
  expect(read).toHaveBeenCalledTimes(1);
  await makeDue(String(job?.id));
  await runJobs();
  expect(read).toHaveBeenCalledTimes(2);
  expect(await openJobs()).toEqual([]);
  expect(await textsFound(ada, 'pangolin')).toEqual(['hostile']);
});
