import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { upload } from '@/lib/domain/attachments/attachment';
import { removeFilesJob } from '@/lib/domain/attachments/jobs';
import { deleteConversation, updateConversation } from '@/lib/domain/conversations/conversation';
import { membershipsJob } from '@/lib/domain/conversations/jobs';
import { deleteMessage, listMessages, prepareSystemMessage } from '@/lib/domain/messages/message';
import { pool } from '@/lib/platform/db/pool';
import { transaction } from '@/lib/platform/db/sql';
import { NodeStops } from '@/lib/platform/jobs/execution';
import type { RunningJob } from '@/lib/platform/jobs/kind';
import { log } from '@/lib/platform/log/log';
import { storage } from '@/lib/platform/storage/storage';
import { insertGroup } from '@/tests/support/conversations';
import { captureEvents } from '@/tests/support/events';
import { type JobRow, runJobs } from '@/tests/support/jobs';
import { cast, createPerson, type Person } from '@/tests/support/people';
import { say } from '@/tests/support/talk';
import { formRequest } from '@/tests/support/uploads';

let ada: Person;
let grace: Person;

beforeEach(async () => {
  await pool().query('TRUNCATE "Job", "User" CASCADE');
  ({ ada, grace } = await cast('ada', 'grace'));
  vi.spyOn(log(), 'warn').mockReturnValue();
});
afterEach(() => vi.restoreAllMocks());

const jobs = async () => (await pool().query<JobRow>('SELECT * FROM "Job" ORDER BY id')).rows;

/** Simulates that the process died while it ran the job, or right before it marked it as done. */
const forgetOutcome = () =>
  pool().query(`UPDATE "Job" SET "doneAt" = NULL, "failedAt" = NULL, "runAt" = now(), "lockedUntil" = now() - interval '1 s'`);

describe('the system message of a change', () => {
  const notes = async (room: string) =>
    (await listMessages(ada.id, room, { limit: 50 })).messages
      .filter(({ type }) => type === 'system')
      .map((one) => one.metadata);

  test('is posted by the time its verb answers, without a runner', async () => {
    const room = await insertGroup([ada, grace]);
    await updateConversation(ada.id, room, { name: 'Boiler room' });
    expect(await notes(room)).toMatchObject([{ action: 'renamed', actorId: ada.id, name: 'Boiler room' }]);
    expect(await jobs()).toMatchObject([{ kind: 'messages.system', doneAt: expect.any(Date) }]);
  });

  test('is posted by another node when the process dies after the commit', async () => {
    const room = await insertGroup([ada, grace]);
    await transaction((client) => prepareSystemMessage(client, room, ada.id, { action: 'renamed', name: 'New' }));
    expect(await notes(room)).toEqual([]);
    await forgetOutcome();
    await runJobs();
    expect(await notes(room)).toMatchObject([{ action: 'renamed', name: 'New' }]);
  });

  test('is posted once, however often its job runs', async () => {
    const room = await insertGroup([ada, grace]);
    await updateConversation(ada.id, room, { name: 'Boiler room' });
    for (let run = 0; run < 3; run += 1) {
      await forgetOutcome();
      await runJobs();
    }
    expect(await jobs()).toMatchObject([{ doneAt: expect.any(Date), attempts: 4 }]);
    expect(await notes(room)).toHaveLength(1);
  });

  test('is not posted when the change is rolled back', async () => {
    const room = await insertGroup([ada, grace]);
    const change = transaction(async (client) => {
      await prepareSystemMessage(client, room, ada.id, { action: 'renamed', name: 'New' });
      throw new Error('rolled back');
    });
    await expect(change).rejects.toThrow('rolled back');
    await runJobs();
    expect([await jobs(), await notes(room)]).toEqual([[], []]);
  });

  test('causes no retries when the conversation is gone', async () => {
    const room = await insertGroup([ada, grace]);
    await transaction((client) => prepareSystemMessage(client, room, ada.id, { action: 'renamed', name: 'New' }));
    await pool().query('DELETE FROM "Conversation" WHERE id = $1', [room]);
    await forgetOutcome();
    await runJobs();
    expect(await jobs()).toMatchObject([{ doneAt: expect.any(Date), lastError: null }]);
  });
});

describe('the files of a deleted message', () => {
  async function deletedFile(): Promise<string> {
    const room = await insertGroup([ada, grace]);
    const { id } = await upload(ada.id, formRequest('a plan', 'plan.txt'));
    const message = await say(ada, room, 'see here', { attachmentIds: [id] });
    expect(await storage().size(id)).toBe(6);
    await deleteMessage(ada.id, message.id);
    return id;
  }

  test('are removed by a job of the same commit', async () => {
    const id = await deletedFile();
    expect(await jobs()).toMatchObject([{ kind: removeFilesJob.name, payload: { attachmentIds: [id] }, doneAt: null }]);
    await runJobs();
    expect(await storage().size(id)).toBeNull();
    await forgetOutcome();
    await runJobs();
    expect(await jobs()).toMatchObject([{ doneAt: expect.any(Date), lastError: null }]);
  });

  test('are removed when the store is back', async () => {
    const id = await deletedFile();
    vi.spyOn(storage(), 'remove').mockRejectedValueOnce(new Error('The store is away.'));
    await runJobs();
    expect(await jobs()).toMatchObject([{ lastError: 'The store is away.', doneAt: null }]);
    expect(await storage().size(id)).toBe(6);
    await forgetOutcome();
    await runJobs();
    expect(await storage().size(id)).toBeNull();
  });
});

describe('the membership of each member of a group', () => {
  const controlled = (conversationId: string, signal: AbortSignal): RunningJob<{ conversationId: string }> => ({
    ...{ id: '', attempt: 1, payload: { conversationId }, signal },
    progress: async (fraction) => void progress.push(fraction),
    transaction,
  });
  let progress: number[] = [];

  async function crowd(): Promise<string> {
    const people = await Promise.all(Array.from({ length: 600 }, () => createPerson()));
    progress = [];
    return insertGroup([ada, ...people]);
  }

  test('is sent to all of a large one, in slices, with its progress', async () => {
    const room = await crowd();
    const capture = captureEvents();
    await membershipsJob.run(controlled(room, new AbortController().signal));
    expect(new Set(capture.named('membership.updated').map(({ rooms }) => rooms[0])).size).toBe(601);
    expect(progress.map((fraction) => Math.min(fraction, 1).toFixed(2))).toEqual(['0.42', '0.83', '1.00']);
  });

  test('stops between slices when the node stops', async () => {
    const room = await crowd();
    const control = new AbortController();
    const job = controlled(room, control.signal);
    const capture = captureEvents();
    const stopped = membershipsJob.run({ ...job, progress: async () => control.abort(new NodeStops('stops')) });
    await expect(stopped).rejects.toThrow(NodeStops);
    expect(capture.named('membership.updated')).toHaveLength(250);
  });

  test('is sent to nobody when the group is deleted', async () => {
    const room = await insertGroup([ada, grace]);
    await updateConversation(ada.id, room, { visibility: 'public' });
    await deleteConversation(ada.id, room);
    const capture = captureEvents();
    await runJobs();
    expect(capture.named('membership.updated')).toEqual([]);
    expect((await jobs()).find(({ kind }) => kind === membershipsJob.name)?.doneAt).toEqual(expect.any(Date));
  });
});
