import { expect, test } from 'vitest';
import { type Row, type Shown, violations } from '@/tests/chaos/support/checker';
import type { Operation } from '@/tests/chaos/support/history';

// Tests of the checker itself: each test damages a correct history.

const row = (seq: number): Row => ({
  id: `0000000${seq}`,
  seq,
  senderId: seq % 2 ? 'maya' : 'jon',
  clientMessageId: `m${seq}`,
  content: `says ${seq}`,
});

const operation = ({ id, seq, senderId, clientMessageId, content }: Row): Operation => ({
  ...{ client: senderId, op: 'send', conversation: 'storm', id: clientMessageId, content },
  ...{ tSend: seq * 10, tAck: seq * 10 + 5, seq, messageId: id },
});

/** Five messages that were sent and stored, and are shown by two clients. */
function sound() {
  const table = [1, 2, 3, 4, 5].map(row);
  const lists = ['maya', 'jon'].map((client) => ({ client, messages: [...table] as Shown[] }));
  return { history: table.map(operation), table, lists };
}

test('accepts a correct history', () => {
  expect(violations(sound())).toEqual([]);
});

test('accepts an unacknowledged message whether or not it is stored', () => {
  const { history, table, lists } = sound();
  const pending = { tAck: null, seq: null, messageId: null };
  history.push({ ...operation(row(6)), ...pending });
  Object.assign(history[4] as Operation, pending);
  expect(violations({ history, table, lists })).toEqual([]);
});

test('finds an acknowledged message that is not stored', () => {
  const { history, table, lists } = sound();
  table.pop();
  for (const list of lists) list.messages.pop();
  expect(violations({ history, table, lists })).toEqual(['1 acknowledged and not stored: m5 (seq 5)']);
});

test('finds a stored message that differs from the acknowledged one', () => {
  for (const change of [{ content: 'another' }, { seq: 7 }, { messageId: 'another' }]) {
    const { history, table, lists } = sound();
    Object.assign(history[4] as Operation, change);
    expect(violations({ history, table, lists })[0]).toMatch(/^1 stored otherwise than acknowledged: m5/);
  }
});

test('finds a message that is stored twice', () => {
  const { history, table } = sound();
  table.push({ ...row(6), clientMessageId: 'm4', senderId: 'jon' });
  expect(violations({ history, table, lists: [] })).toEqual(['1 stored more than once: m4']);
});

test('accepts the same clientMessageId from two senders', () => {
  const { history, table } = sound();
  const another = { ...row(6), clientMessageId: 'm5' };
  expect(violations({ history: [...history, operation(another)], table: [...table, another], lists: [] })).toEqual([]);
});

test('finds a row that nobody sent', () => {
  const { history, table } = sound();
  table.push(row(6));
  expect(violations({ history, table, lists: [] })).toEqual(['1 stored and never sent: m6']);
});

test('finds a gap in seq, a duplicate seq, and a seq that contradicts the order of ids', () => {
  const damages = [
    (table: Row[]) => table.splice(2, 1),
    (table: Row[]) => Object.assign(table[3] as Row, { seq: 3 }),
    (table: Row[]) => table.reverse(),
  ];
  for (const damage of damages) {
    const { table } = sound();
    damage(table);
    expect(violations({ history: sound().history, table, lists: [] }).join()).toContain('out of number');
  }
});

test('finds a message numbered before one that was acknowledged earlier', () => {
  const { history, table } = sound();
  const [first, second] = history as [Operation, Operation];
  Object.assign(second, { tSend: 1, tAck: 2 });
  expect(violations({ history, table, lists: [] })).toEqual(['1 numbered before what was acknowledged earlier: m1 (seq 1)']);
  Object.assign(first, { tSend: 0 });
  expect(violations({ history, table, lists: [] })).toEqual([]);
});

test('accepts a retry that gets its old number', () => {
  const { history, table } = sound();
  history.push({ ...operation(row(1)), tSend: 100, tAck: 105 });
  expect(violations({ history, table, lists: [] })).toEqual([]);
});

test('finds a retry that gets a new number', () => {
  const { history, table } = sound();
  history.push({ ...operation(row(1)), tSend: 100, tAck: 105, seq: 6 });
  expect(violations({ history, table, lists: [] })[0]).toMatch(/^1 stored otherwise than acknowledged: m1/);
});

test('finds a missing, a duplicate, a misplaced and a changed message in a list', () => {
  const damages: [(list: Shown[]) => unknown, string][] = [
    [(list) => list.splice(2, 1), 'shows 4 of 5; the first difference is at 3: stored m3, shown m4'],
    [(list) => list.pop(), 'shows 4 of 5; the first difference is at 5: stored m5, shown nothing'],
    [(list) => list.splice(2, 0, row(2)), 'shows 6 of 5; the first difference is at 3: stored m3, shown m2'],
    [(list) => list.splice(1, 2, row(3), row(2)), 'shows 5 of 5; the first difference is at 2: stored m2, shown m3'],
    [(list) => list.push(row(6)), 'shows 6 of 5; the first difference is at 6: stored nothing, shown m6'],
    [(list) => Object.assign(list, { 3: { ...row(4), content: 'x' } }), 'the first difference is at 4: stored m4, shown m4'],
  ];
  for (const [damage, words] of damages) {
    const { history, table, lists } = sound();
    damage(lists[0]?.messages ?? []);
    expect(violations({ history, table, lists })).toEqual([expect.stringContaining(words)]);
  }
});
