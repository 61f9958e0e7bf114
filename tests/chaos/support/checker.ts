import type { Operation } from '@/tests/chaos/support/history';

/** A message as stored in the table. */
export interface Row {
  id: string;
  seq: number;
  senderId: string;
  clientMessageId: string;
  content: string;
}

/** A message as a client shows it. */
export type Shown = Row;

/** The evidence about one conversation after all activity has ended. */
export interface Evidence {
  history: Operation[];
  /** the stored messages in order of their ids, without system messages */
  table: Row[];
  /** the messages that each client shows, in the order on its screen */
  lists: { client: string; messages: Shown[] }[];
}

/** Describes each guarantee about messages that the evidence violates. All chaos tests use this checker. */
export function violations(evidence: Evidence): string[] {
  return [
    ...lostOrChanged(evidence),
    ...doubled(evidence),
    ...unknown(evidence),
    ...misnumbered(evidence),
    ...outOfTime(evidence),
    ...evidence.lists.flatMap(({ client, messages }) => differing(client, messages, evidence.table)),
  ];
}

/** Every acknowledged message is stored as it was sent and acknowledged. */
function lostOrChanged({ history, table }: Evidence): string[] {
  const rows = byKey(table);
  const acked = history.filter(({ tAck }) => tAck !== null);
  const lost = acked.filter((operation) => !rows.has(keyOf(operation.client, operation.id)));
  const changed = acked.filter((operation) => {
    const row = rows.get(keyOf(operation.client, operation.id))?.[0];
    return row && (row.seq !== operation.seq || row.id !== operation.messageId || row.content !== operation.content);
  });
  return [
    ...summary('acknowledged and not stored', lost, ({ id, seq }) => `${id} (seq ${seq})`),
    ...summary('stored otherwise than acknowledged', changed, ({ id, seq }) => `${id} (seq ${seq})`),
  ];
}

/** A clientMessageId of a sender is stored once. */
function doubled({ table }: Evidence): string[] {
  const many = [...byKey(table).values()].filter((rows) => rows.length > 1).map(([row]) => row as Row);
  return summary('stored more than once', many, ({ clientMessageId }) => clientMessageId);
}

function unknown({ history, table }: Evidence): string[] {
  const sent = new Set(history.map(({ client, id }) => keyOf(client, id)));
  const strange = table.filter((row) => !sent.has(keyOf(row.senderId, row.clientMessageId)));
  return summary('stored and never sent', strange, ({ clientMessageId }) => clientMessageId);
}

/** In the order of ids, seq is 1, 2, 3, ... */
function misnumbered({ table }: Evidence): string[] {
  const wrong = table.filter(({ seq, id }, index) => seq !== index + 1 || id <= (table[index - 1]?.id ?? ''));
  return summary('out of number', wrong, ({ clientMessageId, seq }) => `${clientMessageId} (seq ${seq})`);
}

/** A message that was acknowledged before another one was first sent precedes it. */
function outOfTime({ history }: Evidence): string[] {
  const acked = history.filter(({ tAck }) => tAck !== null);
  const begun = firstAttempts(history);
  // The retry of a message that was stored earlier gets its old number.
  const isFirst = (operation: Operation) => begun.get(keyOf(operation.client, operation.id)) === operation;
  const ends = acked.toSorted((a, b) => Number(a.tAck) - Number(b.tAck));
  let next = 0;
  let highest = 0;
  const late = acked
    .toSorted((a, b) => a.tSend - b.tSend)
    .filter((operation) => {
      for (let end = ends[next]; end && Number(end.tAck) < operation.tSend; end = ends[next]) {
        highest = Math.max(highest, Number(end.seq));
        next += 1;
      }
      return isFirst(operation) && Number(operation.seq) <= highest;
    });
  return summary('numbered before what was acknowledged earlier', late, ({ id, seq }) => `${id} (seq ${seq})`);
}

function firstAttempts(history: Operation[]): Map<string, Operation> {
  const first = new Map<string, Operation>();
  for (const operation of history) {
    const key = keyOf(operation.client, operation.id);
    const known = first.get(key);
    if (!known || operation.tSend < known.tSend) first.set(key, operation);
  }
  return first;
}

function differing(client: string, messages: Shown[], table: Row[]): string[] {
  const at = table.findIndex((row, index) => !same(row, messages[index]));
  if (at < 0 && messages.length === table.length) return [];
  const index = at < 0 ? table.length : at;
  const shown = messages[index];
  return [
    `${client} shows ${messages.length} of ${table.length}; the first difference is at ${index + 1}: ` +
      `stored ${table[index]?.clientMessageId ?? 'nothing'}, shown ${shown?.clientMessageId ?? 'nothing'}`,
  ];
}

const same = (row: Row, shown: Shown | undefined) =>
  row.id === shown?.id && row.seq === shown.seq && row.senderId === shown.senderId && row.content === shown.content;

function byKey(table: Row[]): Map<string, Row[]> {
  const rows = new Map<string, Row[]>();
  for (const row of table) {
    const key = keyOf(row.senderId, row.clientMessageId);
    rows.set(key, [...(rows.get(key) ?? []), row]);
  }
  return rows;
}

const keyOf = (client: string, id: string) => `${client} ${id}`;

function summary<Item>(what: string, items: Item[], name: (item: Item) => string): string[] {
  if (items.length === 0) return [];
  return [`${items.length} ${what}: ${items.slice(0, 3).map(name).join(', ')}${items.length > 3 ? ', ...' : ''}`];
}
