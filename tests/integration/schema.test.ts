import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { Prisma } from '@/lib/platform/db/generated/client';
import * as enums from '@/lib/platform/db/generated/enums';
import { pool } from '@/lib/platform/db/pool';
import { prisma } from '@/lib/platform/db/prisma';
import { type Catalog, catalogOf, columnsOf, foreignKeysOf } from '@/tests/support/catalog';
import { databaseUrl, dropDatabase } from '@/tests/support/database';
import { type Sample, type SampleTable, samplesFor } from '@/tests/support/samples';
import { scriptFor } from '@/tests/support/schema-engine';

// Compares two databases: the test file's own, created by the migrations, and one that Prisma's engine creates from
// prisma/schema.prisma alone. Parley runs on the first, and its code assumes the second.

const { url, prefix } = inject('postgres');
const database = `${prefix}_schema`;
const schema = readFileSync('prisma/schema.prisma', 'utf8');
let wanted: Catalog;
let samples: SampleTable[];

beforeAll(async () => {
  await pool().query(`CREATE DATABASE ${database}`);
  const client = new pg.Client({ connectionString: databaseUrl(url, database) });
  await client.connect();
  await client.query(await scriptFor(databaseUrl(url, database), schema));
  wanted = await catalogOf(client);
  samples = samplesFor(
    await columnsOf(client),
    await foreignKeysOf(client),
    Object.fromEntries(Object.entries(enums).map(([name, labels]) => [name, Object.values(labels)])),
  );
  await client.end();
});

afterAll(() => dropDatabase(url, database));

describe('the migrations and the schema', () => {
  // No foreign key, because a month can be archived while later messages quote it (docs/decisions/003).
  const unenforced = /^Message\.Message_replyToId_fkey /;

  test('agree on every column, type, default, enum, key and index', async () => {
    const constraints = wanted.constraints.filter((line) => !unenforced.test(line));
    expect(constraints).toHaveLength(wanted.constraints.length - 1);
    expect(await migrated()).toEqual({ ...wanted, constraints });
  });

  test('differ only in the monthly partitions of messages', async () => {
    const { rows } = await pool().query<{ key: string; months: number; rest: number }>(
      `SELECT pg_get_partkeydef('"Message"'::regclass) AS key,
         count(*) FILTER (WHERE c.relname ~ '^Message_\\d{4}_\\d\\d$')::int AS months,
         count(*) FILTER (WHERE c.relname = 'Message_default')::int AS rest
       FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = '"Message"'::regclass`,
    );
    expect(rows).toEqual([{ key: 'RANGE (id)', months: expect.any(Number), rest: 1 }]);
    expect(rows[0]?.months).toBeGreaterThan(6);
  });

  test.each([
    ['a column', 'ALTER TABLE "User" DROP COLUMN "statusText"'],
    ['a column too many', 'ALTER TABLE "Message" ADD COLUMN extra text'],
    ['a type', 'ALTER TABLE "Session" ALTER COLUMN "refreshCounter" TYPE bigint'],
    ['a precision', 'ALTER TABLE "Message" ALTER COLUMN "editedAt" TYPE timestamptz(6)'],
    ['what may be null', 'ALTER TABLE "Conversation" ALTER COLUMN "createdById" DROP NOT NULL'],
    ['a default', `ALTER TABLE "Participant" ALTER COLUMN "notify" SET DEFAULT 'NONE'`],
    ['an enum', `ALTER TYPE "MessageType" ADD VALUE 'POLL'`],
    ['a foreign key', 'ALTER TABLE "Reaction" DROP CONSTRAINT "Reaction_messageId_fkey"'],
    [
      'what a deletion takes along',
      `ALTER TABLE "Session" DROP CONSTRAINT "Session_userId_fkey", ADD CONSTRAINT "Session_userId_fkey"
         FOREIGN KEY ("userId") REFERENCES "User"(id) ON UPDATE CASCADE ON DELETE RESTRICT`,
    ],
    ['what is unique', 'DROP INDEX "Conversation_directKey_key"'],
    [
      'the order of an index',
      'DROP INDEX "Message_conversationId_id_idx"; CREATE INDEX "Message_conversationId_id_idx" ON "Message" ("conversationId", id)',
    ],
    ['a table', 'CREATE TABLE "Poll" (id uuid PRIMARY KEY)'],
  ])('would differ on %s', async (_what, change) => {
    const before = await migrated();
    expect(await migrated(change)).not.toEqual(before);
  });
});

describe('every model, field and relation', () => {
  // The generated methods are the same for every model, which the types do not express.
  interface Delegate {
    create(query: { data: Sample }): Promise<unknown>;
    updateMany(query: { data: Sample }): Promise<unknown>;
    findFirst(query: { select: Record<string, unknown> }): Promise<Sample | null>;
  }
  interface Field {
    name: string;
    kind: 'scalar' | 'enum' | 'object';
    type: string;
  }
  const model = (name: string) => Reflect.get(prisma(), name[0]?.toLowerCase() + name.slice(1)) as Delegate;
  const models = () => (Reflect.get(prisma(), '_runtimeDataModel') as { models: Record<string, { fields: Field[] }> }).models;
  const fieldsOf = (name: string) => models()[name]?.fields ?? [];
  const scalarsOf = (name: string) =>
    Object.fromEntries(fieldsOf(name).flatMap((field) => (field.kind === 'object' ? [] : [[field.name, true]])));
  const rowOf = (name: string) => samples.find((sample) => sample.name === name)?.row;

  // A trigger overwrites the given value.
  const written: Record<string, Sample> = { User: { folded: 'user.name\nuser.handle' }, Conversation: { folded: '' } };

  beforeAll(async () => {
    for (const { name, row, links } of samples) {
      const without = Object.fromEntries(Object.entries(row).filter(([column]) => !(column in links)));
      await model(name).create({ data: without });
    }
    for (const { name, row } of samples) await model(name).updateMany({ data: row });
    for (const { name, row } of samples) Object.assign(row, written[name]);
  });

  test('are covered by the test', () => {
    expect(Object.keys(models()).toSorted()).toEqual(Object.values(Prisma.ModelName).toSorted());
    expect(samples.map(({ name }) => name).toSorted()).toEqual(Object.values(Prisma.ModelName).toSorted());
  });

  describe.each(Object.values(Prisma.ModelName))('%s', (name) => {
    test('gives back every field as it was stored', async () => {
      expect(await model(name).findFirst({ select: scalarsOf(name) })).toEqual(rowOf(name));
    });

    test('reads every related model, and back', async () => {
      for (const { name: relation, type } of fieldsOf(name).filter(({ kind }) => kind === 'object')) {
        const found = await model(name).findFirst({ select: { [relation]: { select: scalarsOf(type) } } });
        expect([relation, [found?.[relation]].flat()]).toEqual([relation, [rowOf(type)]]);
      }
    });
  });
});

/** The catalog of the migrated database after a change, which is rolled back. */
async function migrated(change = ''): Promise<Catalog> {
  const client = await pool().connect();
  try {
    await client.query(`BEGIN; ${change}`);
    return await catalogOf(client);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}
