import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { waitUntil } from '@/lib/platform/process/alive';
import { DiskStorage } from '@/lib/platform/storage/disk';
import { group, type Person } from '@/tests/chaos/support/people';
import type { ChaosServer } from '@/tests/chaos/support/server';
import type { Tables } from '@/tests/chaos/support/table';
import { Client } from '@/tests/support/client';

// Locks in the database block jobs where a test kills the server: before a job starts, or after its effect and before it is marked as
// done. The server is not involved.

export type Moment = 'before' | 'after';

export const installStalls = `
  CREATE TABLE stalls (moment text PRIMARY KEY);
  CREATE FUNCTION stall() RETURNS trigger LANGUAGE plpgsql AS $fn$ BEGIN
    WHILE EXISTS (SELECT 1 FROM stalls WHERE moment = TG_ARGV[0]) LOOP PERFORM pg_sleep(0.02); END LOOP;
    RETURN NEW;
  END $fn$;
  CREATE TRIGGER claims BEFORE UPDATE ON "Job" FOR EACH ROW WHEN (NEW.token > OLD.token) EXECUTE FUNCTION stall('before');
  CREATE TRIGGER notes BEFORE INSERT ON "Message" FOR EACH ROW WHEN (NEW.type = 'SYSTEM') EXECUTE FUNCTION stall('before');
  CREATE TRIGGER ends BEFORE UPDATE ON "Job" FOR EACH ROW WHEN (NEW."doneAt" IS NOT NULL) EXECUTE FUNCTION stall('after')`;

export const stallAt = (tables: Tables, ...moments: Moment[]) =>
  tables.query(
    'WITH gone AS (DELETE FROM stalls WHERE NOT moment = ANY ($1)) INSERT INTO stalls SELECT unnest($1::text[]) ON CONFLICT DO NOTHING',
    [moments],
  );

/** Waits until so many statements are blocked. */
export async function stalled(tables: Tables, count: number): Promise<void> {
  const text = `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'`;
  const isSo = await waitUntil(async () => ((await tables.query<{ count: number }>(text))[0]?.count ?? 0) >= count, 20_000);
  if (!isSo) throw new Error(`Fewer than ${count} statements are held up.`);
}

/** Terminates the backends of the killed server, and expires the claims of its jobs. */
export async function forget(tables: Tables): Promise<void> {
  await tables.query(`SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'parley'`);
  await tables.query(
    `UPDATE "Job" SET "lockedUntil" = now() - interval '1 s' WHERE "lockedUntil" IS NOT NULL AND "doneAt" IS NULL`,
  );
}

interface Sent {
  id: string;
  messageId: string;
  /** in the file */
  word: string;
}

interface Parts {
  server: ChaosServer;
  tables: Tables;
  /** the person who causes the jobs, and another member */
  people: [Person, Person];
  rooms: { renamed: string; opened: string; files: string };
  file: Sent;
  kept: Sent;
}

/** Causes one job of each kind, and checks their effects. */
export class Scene {
  readonly #server: ChaosServer;
  readonly #tables: Tables;
  readonly #people: [Person, Person];
  readonly #rooms: Parts['rooms'];
  readonly #file: Sent;
  readonly #kept: Sent;
  /** a word that only the message to be found contains */
  readonly #word = `xyzzy${randomInt(1e9)}`;

  /** Creates a room for each kind, and in one of them two messages with files. One of these will be deleted, the other found. */
  static async of(server: ChaosServer, tables: Tables, people: [Person, Person]): Promise<Scene> {
    const room = () => group(server.origin, people);
    const rooms = { renamed: await room(), opened: await room(), files: await room() };
    const send = () => sendFile(server.origin, people[0], rooms.files);
    const scene = new Scene({ server, tables, people, rooms, file: await send(), kept: await send() });
    await scene.#settled();
    return scene;
  }

  constructor({ server, tables, people, rooms, file, kept }: Parts) {
    this.#server = server;
    this.#tables = tables;
    this.#people = people;
    this.#rooms = rooms;
    this.#file = file;
    this.#kept = kept;
  }

  /** Causes a job, by the name of its kind. Does not wait for the answer, because the server dies before. */
  readonly causes: Record<string, () => Promise<unknown>> = {
    // Stored before the others start, because messages share commits, and one of the others is blocked.
    'search.index': () => this.#call('POST', `conversations/${this.#rooms.files}/messages`, { content: `The ${this.#word}` }),
    'search.backfill': () => this.#tables.query(backfillText),
    'search.files': () => this.#tables.query(unreadText, [this.#kept.id, this.#kept.messageId]),
    'messages.system': () => this.#call('PATCH', `conversations/${this.#rooms.renamed}`, { name: 'Renamed' }),
    'conversations.memberships': () => this.#call('PATCH', `conversations/${this.#rooms.opened}`, { visibility: 'public' }),
    'attachments.remove': () => this.#call('DELETE', `conversations/${this.#rooms.files}/messages/${this.#file.messageId}`),
  };

  /** A device of the member whom the second kind affects. */
  device(): Promise<Client> {
    return new Client(this.#server.origin, { token: this.#people[1].token }).connected();
  }

  /** Waits until no job is open. @returns the lost and the repeated effects */
  async broken(device: Client): Promise<string[]> {
    const left = (await this.#settled()).map((job) => `is still open: ${JSON.stringify(job)}`);
    const said = await this.#tables.query(
      `SELECT id FROM "Message" WHERE "conversationId" = $1 AND type = 'SYSTEM' AND metadata->>'action' = 'renamed'`,
      [this.#rooms.renamed],
    );
    const heard = (await device.heardSoFar('membership.updated')).filter(
      ({ payload }) => 'me' in payload && payload.conversationId === this.#rooms.opened && payload.me.may.invite,
    );
    const files = new DiskStorage(join(this.#server.dataDir, 'uploads'));
    return [
      ...left,
      ...((await this.#found(this.#word)) === 1 ? [] : [`search.index: found ${await this.#found(this.#word)} times`]),
      ...((await this.#found(this.#kept.word)) === 1
        ? []
        : [`search.files: found ${await this.#found(this.#kept.word)} times`]),
      ...((await this.#tables.query('SELECT 1 FROM "SearchBackfill"')).length === 0
        ? []
        : ['search.backfill: months are left']),
      ...(said.length === 1 ? [] : [`messages.system: said ${said.length} times`]),
      ...(heard.length > 0 ? [] : ['conversations.memberships: nobody was told']),
      ...((await files.size(this.#file.id)) === null ? [] : ['attachments.remove: the file is still there']),
      ...((await files.size(this.#kept.id)) === null ? ['attachments.remove: another file is gone'] : []),
    ];
  }

  /** Waits until no job is open. @returns those that are still open after a while */
  async #settled(): Promise<object[]> {
    const open = () => this.#tables.query(`SELECT kind, attempts, "lastError" FROM "Job" WHERE "doneAt" IS NULL`);
    await waitUntil(async () => (await open()).length === 0, 30_000);
    return open();
  }

  /** The number of times that a search for this word finds the message. */
  async #found(word: string): Promise<number> {
    const { results } = (await this.#call('GET', `search?q=${word}`)) as { results: object[] };
    return results.length;
  }

  #call(method: string, path: string, body?: object): Promise<unknown> {
    return call(this.#server.origin, this.#people[0], method, path, body);
  }
}

/**
 * Stores a month to be indexed and its job in one commit, as restoring an archive does. Only its messages from now on, because indexing
 * the others would read the file that `search.files` has to read.
 */
const backfillText = `
  WITH month AS (
    INSERT INTO "SearchBackfill" VALUES (to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM'), parley_floor(now()),
      parley_floor(date_trunc('month', now()) + interval '1 month')) ON CONFLICT DO NOTHING)
  INSERT INTO "Job" (id, kind, key, payload) VALUES (gen_random_uuid(), 'search.backfill', 'months', '{}')`;

/** As right after a message with a file is indexed: its file has not been read, and the job for it was stored in the same commit. */
const unreadText = `
  WITH forgotten AS (DELETE FROM "AttachmentText" WHERE "attachmentId" = $1),
    bare AS (UPDATE "MessageSearch" SET search = '' WHERE "messageId" = $2::uuid)
  INSERT INTO "Job" (id, kind, key, payload) VALUES (gen_random_uuid(), 'search.files', $2::text, jsonb_build_object('messageId', $2::text))`;

async function sendFile(origin: string, person: Person, room: string): Promise<Sent> {
  const form = new FormData();
  const word = `plugh${randomInt(1e9)}`;
  form.append('file', new Blob([`a plan ${word}`]), 'plan.txt');
  const headers = { authorization: `Bearer ${person.token}` };
  const { attachment } = await (await fetch(`${origin}/api/uploads`, { method: 'POST', headers, body: form })).json();
  const { message } = (await call(origin, person, 'POST', `conversations/${room}/messages`, {
    attachmentIds: [attachment.id],
  })) as { message: { id: string } };
  return { id: attachment.id, messageId: message.id, word };
}

async function call(origin: string, { token }: Person, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${origin}/api/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.status === 204 ? null : response.json();
}
