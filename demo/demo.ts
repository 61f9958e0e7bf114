import { conversations } from '@/demo/conversations';
import { historyOf } from '@/demo/history';
import { demoPassword, emailOf, type Handle, people } from '@/demo/people';
import { type DemoFile, demoFace, demoFile } from '@/demo/pictures';
import { seeded } from '@/demo/random';
import { type Rows, rowsOf } from '@/demo/rows';
import { idAt, insertRows } from '@/demo/writer';
import { hashPassword } from '@/lib/domain/accounts/password';
import { upload } from '@/lib/domain/attachments/attachment';
import { pool } from '@/lib/platform/db/pool';
import { transaction } from '@/lib/platform/db/sql';
import { giveBack } from '@/lib/platform/rate-limits/limiter';

export { demoPassword, emailOf, people } from '@/demo/people';

/** Fills an empty database with a realistic workspace. @returns the number of messages, or null when the database is not empty */
export async function seedDemo(now = new Date()): Promise<number | null> {
  if (!(await isEmpty())) return null;
  const ids = await seedPeople(now);
  const random = seeded(2_026);
  const all = conversations.map((conversation) => rowsOf(conversation, historyOf(conversation, now, random), ids, random));
  const senders = new Map(
    all.flatMap((rows) => rows.Message.map((message) => [message.id as string, message.senderId as string])),
  );
  const files = await uploadFiles(all, senders);
  await pool().query('SELECT parley_make_partitions($1, $2)', [new Date(now.getTime() - 70 * 86_400_000), now]);
  await store(all, files);
  await pool().query('ANALYZE');
  return senders.size;
}

/** Whether the database is empty. The demo's own users don't count, because an interrupted seed leaves them and nothing else. */
export async function isEmpty(): Promise<boolean> {
  const { rows } = await pool().query<{ taken: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM "User" WHERE email <> ALL ($1)) OR EXISTS (SELECT 1 FROM "Conversation") AS taken`,
    [people.map(({ handle }) => emailOf(handle))],
  );
  return rows[0]?.taken === false;
}

/** Whether the demo's users exist, so that a visitor can sign in as one of them. */
export async function isDemo(): Promise<boolean> {
  const { rowCount } = await pool().query('SELECT 1 FROM "User" WHERE email = $1', [emailOf(people[0].handle)]);
  return rowCount === 1;
}

async function seedPeople(now: Date): Promise<Map<Handle, string>> {
  const passwordHash = await hashPassword(demoPassword);
  const joined = new Date(now.getTime() - 60 * 86_400_000);
  const rows = people.map((person, index) => ({
    id: idAt(new Date(joined.getTime() + index)),
    ...person,
    email: emailOf(person.handle),
    passwordHash,
    role: index === 0 ? 'OWNER' : 'MEMBER',
    lastSeenAt: new Date(now.getTime() - index * 7 * 60_000),
    createdAt: joined,
  }));
  await transaction((client) => insertRows(client, 'User', rows));
  const { rows: stored } = await pool().query<{ id: string; handle: Handle }>('SELECT id, handle FROM "User"');
  const ids = new Map(stored.map(({ id, handle }) => [handle, id]));
  // A third of the people have no picture, as in a real workspace.
  for (const [index, { handle }] of people.entries()) if (index % 3 !== 2) await seedFace(ids.get(handle) ?? '', index);
  return ids;
}

async function seedFace(userId: string, number: number): Promise<void> {
  const imageId = await uploadAs(userId, await demoFace(number));
  await pool().query('UPDATE "User" SET "imageId" = $2 WHERE id = $1', [userId, imageId]);
}

/** @returns the id of the uploaded file by message id */
async function uploadFiles(all: Rows[], senders: Map<string, string>): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const { messageId, file } of all.flatMap((rows) => rows.attached)) {
    files.set(messageId, await uploadAs(senders.get(messageId) ?? '', await demoFile(file)));
  }
  return files;
}

async function uploadAs(userId: string, { name, type, bytes }: DemoFile): Promise<string> {
  const body = new FormData();
  body.append('file', new File([new Uint8Array(bytes)], name, { type }));
  const { id } = await upload(userId, new Request('http://localhost/api/uploads', { method: 'POST', body }));
  await giveBack('upload', userId);
  return id;
}

const order = ['Conversation', 'Participant', 'Message', 'Change', 'Reaction', 'Mention', 'Pin'] as const;

async function store(all: Rows[], files: Map<string, string>): Promise<void> {
  await transaction(async (client) => {
    for (const table of order) for (const rows of all) await insertRows(client, table, rows[table]);
    for (const [messageId, id] of files) {
      await client.query('UPDATE "Attachment" SET "messageId" = $2 WHERE id = $1', [id, messageId]);
    }
  });
}
