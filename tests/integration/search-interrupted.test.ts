import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { markMissed } from '@/lib/domain/search/follow';
import { pool } from '@/lib/platform/db/pool';
import { insertGroup } from '@/tests/support/conversations';
import { cast, type Person } from '@/tests/support/people';
import { find, indexAll } from '@/tests/support/search';
import { sayMany } from '@/tests/support/talk';

process.env.RATE_LIMIT_MESSAGE = '100000/60';
process.env.RATE_LIMIT_SEARCH = '100000/60';

const { ada } = await cast('ada');
const each = 230;

/** Conversations with more changes to index than one transaction takes. */
async function backlog(): Promise<string[]> {
  const rooms = await Promise.all([1, 2, 3].map(() => insertGroup([ada])));
  await Promise.all(rooms.map((room) => sayMany(ada, room, each)));
  await markMissed();
  return rooms;
}

/** Runs an indexer, and kills it after so many commits, during the next transaction. */
async function killAfter(commits: number): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/support/indexer.program.ts'], {
    env: process.env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString().split('\n').length - 1;
    if (said >= commits) child.kill('SIGKILL');
  });
  await once(child, 'exit');
  expect(said).toBeGreaterThanOrEqual(commits);
}

const lost = async (reader: Person, rooms: string[]) => {
  const counts = await Promise.all(rooms.map((room) => find(reader, 'message', { conversationId: room })));
  return counts.map(({ count }) => each - count.value);
};

test('an indexer that is killed in the middle loses nothing', async () => {
  const rooms = await backlog();
  await killAfter(1);
  expect(await lost(ada, rooms)).not.toEqual([0, 0, 0]);
  await killAfter(1);
  await indexAll();
  expect(await lost(ada, rooms)).toEqual([0, 0, 0]);
});

test('an indexer that records its progress before it writes is found', async () => {
  const rooms = await backlog();
  // A trigger marks all changes as indexed as soon as a transaction records its progress.
  await pool().query(`CREATE FUNCTION test_note_early() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      NEW.rev := (SELECT "lastRev" FROM "Conversation" WHERE id = NEW."conversationId");
      RETURN NEW; END $$;
    CREATE TRIGGER test_note_early BEFORE INSERT OR UPDATE ON "SearchProgress" FOR EACH ROW EXECUTE FUNCTION test_note_early()`);
  await killAfter(1);
  await pool().query('DROP TRIGGER test_note_early ON "SearchProgress"');
  await indexAll();
  expect(await lost(ada, rooms)).not.toEqual([0, 0, 0]);
});
