import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { searchJobs } from '@/lib/domain/search/jobs';
import { followMessages } from '@/lib/domain/search/marks';
import { JobRunner } from '@/lib/platform/jobs/runner';
import { insertGroup } from '@/tests/support/conversations';
import { eventually } from '@/tests/support/eventually';
import { twoNodes } from '@/tests/support/nodes';
import { cast } from '@/tests/support/people';

const { here, connectThere } = await twoNodes();
let stop = async () => {};

// Jobs run in this process. The other node only marks conversations.
beforeAll(() => {
  const runner = new JobRunner(searchJobs);
  runner.start();
  const stopFollowing = followMessages();
  stop = async () => {
    await stopFollowing();
    await runner.stop(1_000);
  };
});
afterAll(() => stop());

test('messages sent, edited and deleted through one node are found, or not, through the other', async () => {
  const { ada, grace, mallory } = await cast('ada', 'grace', 'mallory');
  const conversationId = await insertGroup([ada, grace]);
  const [near, far, outside] = [await here.connect(ada), await connectThere(grace), await connectThere(mallory)];
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    const found = async (q: string) => (await other.ask('search', { q })).results.map(({ message }) => message.id);
    const { messageId } = await one.ask('message.send', { conversationId, clientMessageId: randomUUID(), content: 'gibbon' });
    await eventually(async () => expect(await found('gibbon')).toEqual([messageId]));
    expect((await outside.ask('search', { q: 'gibbon' })).count).toEqual({ value: 0, exact: true });
    await one.ask('message.edit', { messageId, content: 'heron' });
    expect(await found('gibbon')).toEqual([]);
    await eventually(async () => expect(await found('heron')).toEqual([messageId]));
    await one.ask('message.delete', { messageId });
    expect(await found('heron')).toEqual([]);
  }
});
