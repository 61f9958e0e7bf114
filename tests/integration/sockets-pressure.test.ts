import { expect, test } from 'vitest';
import { insertGroup } from '@/tests/support/conversations';
import { createPerson } from '@/tests/support/people';
import { socketServer } from '@/tests/support/sockets';

process.env.RATE_LIMIT_OTHER = '100000/60';

const sockets = socketServer();

/** Enough requests that answering them one after another would take a second. */
const asks = 2_000;
/** So long that one read of the network contains fewer than a thousand. */
const padding = 'unknown fields are ignored '.repeat(10);

test('a client that sends faster than it is answered is paused, not refused; then every request is answered', async () => {
  const client = await sockets.connect(await createPerson());
  const answers = await Promise.all(Array.from({ length: asks }, () => client.ask('conversation.heads', { padding })));
  expect(answers).toEqual(Array(asks).fill({ heads: [] }));
});

test('meanwhile it receives events, and another client is answered', async () => {
  const [ada, grace] = [await createPerson(), await createPerson()];
  const conversationId = await insertGroup([ada, grace]);
  const [busy, other] = [await sockets.connect(ada), await sockets.connect(grace)];
  const answers = Array.from({ length: asks }, () => busy.ask('conversation.heads', { padding }));
  await other.ask('message.send', { conversationId, clientMessageId: 'other', content: 'Let me in' });
  await busy.hear('message.received');
  await Promise.all(answers);
});
