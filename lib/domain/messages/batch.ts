import { type Derived, type Draft, derive } from '@/lib/domain/messages/draft';
import { emptyParts } from '@/lib/domain/messages/empty-parts';
import type { Message, MessageType } from '@/lib/domain/messages/schema';
import { shapeMessages } from '@/lib/domain/messages/shape';
import { type SenderRow, toSender } from '@/lib/domain/users/shape';
import { textArray, uuidArray } from '@/lib/platform/db/arrays';
import { runWithTimeout } from '@/lib/platform/db/sql';

/** The result of storing a draft. */
export type Outcome = New | Again | Refused;

/** The message was stored now. */
export interface New {
  status: 'new';
  rev: number;
  /** the conversation's counter of membership changes at that time */
  memberRev: number;
  id: string;
  /** null: the message has parts from other tables (a quote, attachments), and `loaded` reads it */
  message: Message | null;
  /** the sender's new read watermark, if their own message moved it; null when they have unread messages */
  readTo: number | null;
  /** the version of the sender's read state after the move */
  readVersion: number | null;
}

export type Ready = New & { message: Message };

/** A retry: this sender used that clientMessageId in the conversation before. Nothing was written. */
export interface Again {
  status: 'again';
  id: string;
}

/** The sender is not in the conversation, or cannot use the reply's target, the forwarded message or an attachment. */
export interface Refused {
  status: 'refused';
}

/** The writer must not wait for ever for a database that is unreachable. */
const storeTimeoutMs = 30_000;

/**
 * Stores drafts of any conversations in one statement and one commit, numbered in their order under the conversations' row locks.
 * When the promise resolves, all of it is committed. When it rejects, nothing is, except that a lost connection leaves the
 * outcome unknown.
 * @returns one outcome per draft, in order
 */
export async function storeBatch(drafts: Draft[]): Promise<Outcome[]> {
  const [only, another] = drafts;
  if (only && !another && isPlain(only)) return [await storeOne(only)];
  const derived = needsLookup(drafts) ? await derive(drafts) : drafts.map(plain);
  const rows = await runWithTimeout<StoredRow>('messages.send', sendText, parametersOf(drafts, derived), storeTimeoutMs);
  return drafts.map((draft, index) => outcomeOf(draft, derived[index], rows[index]));
}

/** Stores a single draft, the most frequent case, with a smaller statement that needs less preparation. */
async function storeOne(draft: Draft): Promise<Outcome> {
  const values = [draft.conversationId, draft.senderId, draft.clientMessageId, draft.content];
  const [row] = await runWithTimeout<StoredRow>('messages.send.one', sendOneText, values, storeTimeoutMs);
  return outcomeOf(draft, plain(draft), row);
}

/** Text only, without anything to look up. */
const isPlain = (draft: Draft) => !draft.system && !draft.replyToId && !draft.metadata && !needsLookup([draft]);

/** Whether every message is complete without another query. */
export const isReady = (stored: New[]): stored is Ready[] => stored.every(({ message }) => message !== null);

/** Completes the messages that are still null, in one statement. */
export async function loaded(stored: New[]): Promise<Ready[]> {
  const missing = stored.filter(({ message }) => message === null).map(({ id }) => id);
  const byId = new Map((await shapeMessages(missing, null)).map((message) => [message.id, message]));
  return stored.map((one) => {
    const message = one.message ?? byId.get(one.id);
    if (!message) throw new Error(`Message ${one.id} vanished before it was told of.`);
    return { ...one, message };
  });
}

interface StoredRow extends Omit<SenderRow, 'id'> {
  status: 'new' | 'again' | 'NOT_FOUND' | 'REPLY' | 'ATTACHMENT';
  id: string;
  seq: number;
  rev: number;
  /** ms since 1970: parsing a PostgreSQL timestamp takes longer than the rest of the row */
  createdAt: number;
  memberRev: number;
  readTo: number | null;
  readVersion: number | null;
}

const plain = ({ system }: Draft): Derived => ({ type: system ? 'SYSTEM' : 'TEXT', mentions: [] });

const needsLookup = (drafts: Draft[]) => drafts.some((draft) => draft.attachmentIds.length > 0 || draft.content.includes('@'));

function parametersOf(drafts: Draft[], derived: Derived[]): unknown[] {
  const attachments = drafts.flatMap(({ attachmentIds }, index) => attachmentIds.map((id) => [index + 1, id] as const));
  const mentions = derived.flatMap(({ mentions }, index) => mentions.map((id) => [index + 1, id] as const));
  return [
    uuidArray(drafts.map(({ conversationId }) => conversationId)),
    uuidArray(drafts.map(({ senderId }) => senderId)),
    textArray(drafts.map(({ clientMessageId }) => clientMessageId)),
    textArray(derived.map(({ type }) => type)),
    textArray(drafts.map(({ content }) => content)),
    uuidArray(drafts.map(({ replyToId }) => replyToId)),
    textArray(drafts.map(({ metadata }) => metadata && JSON.stringify(metadata))),
    attachments.map(([ordinal]) => ordinal),
    attachments.map(([, id]) => id),
    mentions.map(([ordinal]) => ordinal),
    mentions.map(([, id]) => id),
  ];
}

function outcomeOf(draft: Draft, derived: Derived | undefined, row: StoredRow | undefined): Outcome {
  if (!row || !derived) throw new Error('parley_send answered fewer rows than it was asked for.');
  if (row.status === 'again') return { status: 'again', id: row.id };
  if (row.status !== 'new') return { status: 'refused' };
  const saysAll = !draft.replyToId && !draft.metadata && draft.attachmentIds.length === 0;
  return {
    status: 'new',
    id: row.id,
    rev: row.rev,
    memberRev: row.memberRev,
    readTo: row.readTo,
    readVersion: row.readVersion,
    message: saysAll ? toMessage(draft, derived, row) : null,
  };
}

/** The message as shapeMessages would read it, without a query. */
function toMessage(draft: Draft, { type, mentions }: Derived, row: StoredRow): Message {
  return {
    id: row.id,
    conversationId: draft.conversationId,
    seq: row.seq,
    rev: row.rev,
    sender: toSender({ id: draft.senderId, name: row.name, handle: row.handle, imageId: row.imageId }),
    clientMessageId: draft.clientMessageId,
    type: type.toLowerCase() as MessageType,
    content: draft.content,
    metadata: null,
    ...emptyParts,
    mentions,
    createdAt: new Date(row.createdAt).toISOString(),
    editedAt: null,
    deletedAt: null,
  };
}

/** SQL: the columns of a StoredRow, from the stored message `s` and its sender `u`. */
const storedColumns = `s.status, s.id, s.seq, s.rev, round(date_part('epoch', s."createdAt") * 1000) AS "createdAt",
    s."memberRev", s."readTo", s."readVersion", u.name, u.handle, u."imageId"`;

// The senders are joined so that a plain message needs no second query. OFFSET 0 forces an index lookup per row instead of one
// large join.
const sendText = `
  SELECT ${storedColumns}
  FROM parley_send($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::jsonb[], $8::int[], $9::uuid[],
    $10::int[], $11::uuid[]) s
  LEFT JOIN LATERAL (SELECT v.name, v.handle, v."imageId" FROM "User" v WHERE v.id = ($2::uuid[])[s.ord] OFFSET 0) u ON true
  ORDER BY s.ord`;

const sendOneText = `
  SELECT ${storedColumns}
  FROM parley_send_one($1, $2, $3, $4) s LEFT JOIN "User" u ON u.id = $2`;
