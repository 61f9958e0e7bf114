import { type Derived, type Draft, derive } from '@/lib/domain/messages/draft';
import { emptyParts } from '@/lib/domain/messages/empty-parts';
import type { Message, MessageType } from '@/lib/domain/messages/schema';
import { shapeMessages } from '@/lib/domain/messages/shape';
import { type SenderRow, toSender } from '@/lib/domain/users/shape';
import { textArray, uuidArray } from '@/lib/platform/db/arrays';
import { runWithTimeout } from '@/lib/platform/db/sql';

/** What became of a draft. */
export type Outcome = New | Again | Refused;

/** Stored now. */
export interface New {
  status: 'new';
  rev: number;
  /** how often the conversation's members had changed when it was stored */
  memberRev: number;
  id: string;
  /** null: it quotes or carries something, and is to be read (loaded) */
  message: Message | null;
  /** the sender's read pointer, if their own message moved it; null when they have something unread */
  readTo: number | null;
  /** which change of what they have read that is */
  readVersion: number | null;
}

export type Ready = New & { message: Message };

/** This sender used that clientMessageId here before: the first message answers, and nothing was written. */
export interface Again {
  status: 'again';
  id: string;
}

/** The sender is not in, or what it replies to or carries is not there or not theirs. */
export interface Refused {
  status: 'refused';
}

/** A database that is gone without a word must not hold the writer for ever. */
const patienceMs = 30_000;

/**
 * Stores drafts of any conversations in one statement and one commit, numbered in their order under the conversations' row
 * locks; committed when this resolves, and nothing of it when it rejects (or nobody knows: a lost connection).
 * @returns one outcome a draft, in order
 */
export async function storeBatch(drafts: Draft[]): Promise<Outcome[]> {
  const [only, another] = drafts;
  if (only && !another && isPlain(only)) return [await storeOne(only)];
  const derived = needsLookup(drafts) ? await derive(drafts) : drafts.map(plain);
  const rows = await runWithTimeout<StoredRow>('messages.send', sendText, parametersOf(drafts, derived), patienceMs);
  return drafts.map((draft, index) => outcomeOf(draft, derived[index], rows[index]));
}

/** The same for what comes alone, as most messages do: a smaller statement, for which less has to be prepared. */
async function storeOne(draft: Draft): Promise<Outcome> {
  const values = [draft.conversationId, draft.senderId, draft.clientMessageId, draft.content];
  const [row] = await runWithTimeout<StoredRow>('messages.send.one', sendOneText, values, patienceMs);
  return outcomeOf(draft, plain(draft), row);
}

/** Text, and nothing to look up for it. */
const isPlain = (draft: Draft) => !draft.system && !draft.replyToId && !draft.metadata && !needsLookup([draft]);

/** Whether none of these has to be read. */
export const isReady = (stored: New[]): stored is Ready[] => stored.every(({ message }) => message !== null);

/** Reads those that have to be, in one statement. */
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
  /** ms since 1970: to read a timestamp of PostgreSQL's takes longer than all else of a row */
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

/** The same as shapeMessages would read, without a query. */
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

/** A StoredRow, in SQL, of what was stored (s) and its sender (u). */
const storedColumns = `s.status, s.id, s.seq, s.rev, round(date_part('epoch', s."createdAt") * 1000) AS "createdAt",
    s."memberRev", s."readTo", s."readVersion", u.name, u.handle, u."imageId"`;

// The senders come along, so that a plain message needs no second question. OFFSET 0: an index lookup a row, never a join over all.
const sendText = `
  SELECT ${storedColumns}
  FROM parley_send($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::jsonb[], $8::int[], $9::uuid[],
    $10::int[], $11::uuid[]) s
  LEFT JOIN LATERAL (SELECT v.name, v.handle, v."imageId" FROM "User" v WHERE v.id = ($2::uuid[])[s.ord] OFFSET 0) u ON true
  ORDER BY s.ord`;

const sendOneText = `
  SELECT ${storedColumns}
  FROM parley_send_one($1, $2, $3, $4) s LEFT JOIN "User" u ON u.id = $2`;
