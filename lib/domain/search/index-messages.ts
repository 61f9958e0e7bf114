import { setImmediate as nextTurn } from 'node:timers/promises';
import type pg from 'pg';
import { storedTexts } from '@/lib/domain/search/attachment-texts';
import { hasText } from '@/lib/domain/search/file-text';
import { stemsOf } from '@/lib/domain/search/stems';
import { type Indexable, tokenizeMessage, vectorOf, wordsToStem } from '@/lib/domain/search/vector';
import { textArray, uuidArray } from '@/lib/platform/db/arrays';
import { run } from '@/lib/platform/db/sql';

/** Number of messages tokenized in one turn of the event loop: 1 to 3 ms, unless they have files. */
const slice = 50;

/**
 * Writes messages into the index in their present state, and removes deleted ones. Repeated, it changes nothing; an older state
 * never replaces a newer one.
 * @param anew also writes messages that have not changed
 * @returns the messages with files whose texts are not stored yet, and so not in the index either
 */
export async function indexMessages(ids: string[], client: pg.PoolClient, { anew = false } = {}): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await run<MessageRow>('search.read', readText, [uuidArray(ids)], client);
  const gone = rows.filter((row) => row.deleted).map(({ id }) => id);
  if (gone.length > 0) await run('search.remove', removeText, [uuidArray(gone)], client);
  const there = rows.filter((row) => !row.deleted);
  if (there.length === 0) return [];
  const { vectors, incomplete } = await vectorsOf(there, client);
  const values = [
    uuidArray(there.map(({ id }) => id)),
    uuidArray(there.map(({ conversationId }) => conversationId)),
    there.map(({ editedAt }) => editedAt),
    textArray(vectors),
    anew,
  ];
  await run('search.write', writeText, values, client);
  return incomplete;
}

/** In slices, because people's requests wait for the running one. */
async function vectorsOf(messages: MessageRow[], client: pg.PoolClient) {
  const vectors: string[] = [];
  const incomplete: string[] = [];
  for (let start = 0; start < messages.length; start += slice) {
    const rows = messages.slice(start, start + slice);
    const texts = await storedTexts(rows.flatMap(textFiles), client);
    const tokenized = rows.map((row) => tokenizeMessage(indexable(row, texts)));
    for (const row of rows) if (textFiles(row).some((id) => !texts.has(id))) incomplete.push(row.id);
    const stems = await stemsOf(
      tokenized.flatMap((message) => [...wordsToStem(message)]),
      client,
    );
    for (const message of tokenized) vectors.push(vectorOf(message, stems));
    await nextTurn();
  }
  return { vectors, incomplete };
}

interface MessageRow {
  id: string;
  conversationId: string;
  senderId: string;
  content: string;
  editedAt: Date | null;
  deleted: boolean;
  files: { id: string; name: string; mimeType: string }[] | null;
}

function indexable(row: MessageRow, texts: Map<string, string>): Indexable {
  const { content, senderId, files } = row;
  return { content, senderId, files: files ?? [], fileTexts: textFiles(row).flatMap((id) => texts.get(id) ?? []) };
}

/** The ids of the files that are found by their contents. */
const textFiles = ({ files }: MessageRow) => (files ?? []).flatMap(({ id, mimeType }) => (hasText(mimeType) ? id : []));

// System messages are not searched. Message by message, so that each is an index lookup in one partition.
const readText = `
  SELECT m.id, m."conversationId", m."senderId", m.content, m."editedAt", m."deletedAt" IS NOT NULL AS deleted,
    (SELECT json_agg(json_build_object('id', a.id, 'name', a.name, 'mimeType', a."mimeType") ORDER BY a.position, a.id)
      FROM "Attachment" a WHERE a."messageId" = m.id) AS files
  FROM unnest($1::uuid[]) AS k(id) CROSS JOIN LATERAL (SELECT * FROM "Message" n WHERE n.id = k.id OFFSET 0) m
  WHERE m.type <> 'SYSTEM'`;

const removeText = 'DELETE FROM "MessageSearch" WHERE "messageId" = ANY ($1::uuid[])';

// A reaction also changes a message, but none of its searchable parts: its row stays.
const writeText = `
  INSERT INTO "MessageSearch" AS s ("messageId", "conversationId", "editedAt", search)
  SELECT k.id, k.conversation, k.edited, k.search::tsvector
  FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[]) AS k(id, conversation, edited, search)
  ON CONFLICT ("messageId") DO UPDATE SET "editedAt" = excluded."editedAt", search = excluded.search
  WHERE s."editedAt" IS NULL AND excluded."editedAt" IS NOT NULL OR excluded."editedAt" > s."editedAt"
    OR $5 AND excluded."editedAt" IS NOT DISTINCT FROM s."editedAt"`;
