import { expect, test } from 'vitest';
import { type Row, type Shown, violations } from '@/tests/chaos/support/checker';
import type { Operation } from '@/tests/chaos/support/history';

// Who judges the judge: each test damages a history in which all promises hold.

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

/** Five messages, sent, stored and shown by two clients. */
function sound() {
  const table = [1, 2, 3, 4, 5].map(row);
  const lists = ['maya', 'jon'].map((client) => ({ client, messages: [...table] as Shown[] }));
  return { history: table.map(operation), table, lists };
}

test('a sound history breaks no promise', () => {
  expect(violations(sound())).toEqual([]);
});

test('an unacknowledged message may be stored or not', () => {
  const { history, table, lists } = sound();
  const pending = { tAck: null, seq: null, messageId: null };
  history.push({ ...operation(row(6)), ...pending });
  Object.assign(history[4] as Operation, pending);
  expect(violations({ history, table, lists })).toEqual([]);
});

test('a message acknowledged and not stored is found', () => {
  const { history, table, lists } = sound();
  table.pop();
  for (const list of lists) list.messages.pop();
  expect(violations({ history, table, lists })).toEqual(['1 acknowledged and not stored: m5 (seq 5)']);
});

test('a message stored otherwise than acknowledged is found', () => {
  for (const change of [{ content: 'another' }, { seq: 7 }, { messageId: 'another' }]) {
    const { history, table, lists } = sound();
    Object.assign(history[4] as Operation, change);
    expect(violations({ history, table, lists })[0]).toMatch(/^1 stored otherwise than acknowledged: m5/);
  }
});

test('a message stored twice is found', () => {
  const { history, table } = sound();
  table.push({ ...row(6), clientMessageId: 'm4', senderId: 'jon' });
  expect(violations({ history, table, lists: [] })).toEqual(['1 stored more than once: m4']);
});

test('two senders may use the same clientMessageId', () => {
  const { history, table } = sound();
  const another = { ...row(6), clientMessageId: 'm5' };
  expect(violations({ history: [...history, operation(another)], table: [...table, another], lists: [] })).toEqual([]);
});

test('a row that nobody sent is found', () => {
  const { history, table } = sound();
  table.push(row(6));
  expect(violations({ history, table, lists: [] })).toEqual(['1 stored and never sent: m6']);
});

test('a hole in the numbers, a number given twice, and numbers against the ids are found', () => {
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

test('a message numbered before one that was acknowledged earlier is found', () => {
  const { history, table } = sound();
  const [first, second] = history as [Operation, Operation];
  Object.assign(second, { tSend: 1, tAck: 2 });
  expect(violations({ history, table, lists: [] })).toEqual(['1 numbered before what was acknowledged earlier: m1 (seq 1)']);
  Object.assign(first, { tSend: 0 });
  expect(violations({ history, table, lists: [] })).toEqual([]);
});

test('a retry is answered with its old number, and breaks nothing', () => {
  const { history, table } = sound();
  history.push({ ...operation(row(1)), tSend: 100, tAck: 105 });
  expect(violations({ history, table, lists: [] })).toEqual([]);
});

test('a retry answered with a number of its own is found', () => {
  const { history, table } = sound();
  history.push({ ...operation(row(1)), tSend: 100, tAck: 105, seq: 6 });
  expect(violations({ history, table, lists: [] })[0]).toMatch(/^1 stored otherwise than acknowledged: m1/);
});

test('a dropped, a doubled, a swapped and a changed message in a list are found', () => {
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
