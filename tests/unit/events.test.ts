import { expect, test } from 'vitest';
import { z } from 'zod';
import { eventsWhere, serverEvents } from '@/lib/domain/contract';
import { event } from '@/lib/domain/event-entry';
import { sharedMessageSchema } from '@/lib/domain/messages/schema';
import { transientEvents } from '@/lib/doors/sockets/cluster/inbound';

test('an event with a message in it does not compile without the field that carries it', () => {
  const schema = z.object({ message: sharedMessageSchema, change: z.string() });
  // @ts-expect-error: without it, the node would not know that its sockets were sent that rev, and would send the message again.
  event({ schema, to: 'members' });
  // @ts-expect-error: that field has no rev.
  event({ schema, to: 'members', carries: 'change' });
  expect(event({ schema, to: 'members', carries: 'message' }).carries).toBe('message');
});

test('exactly the events with messages declare the field that carries them', () => {
  const carried = Object.entries(serverEvents).flatMap(([name, { schema }]) =>
    Object.keys(schema.shape).some((field) => field === 'message' || field === 'messages') ? [name] : [],
  );
  expect(eventsWhere(({ carries }) => carries !== undefined)).toEqual(carried);
  expect(carried.length).toBeGreaterThan(3);
});

test('while Redis is unreachable, transient events are not kept for other nodes', () => {
  expect([...transientEvents].toSorted()).toEqual(['presence.changed', 'typing.user']);
});
