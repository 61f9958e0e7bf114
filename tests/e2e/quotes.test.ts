import type { Attachment } from '@/lib/domain/attachments/schema';
import type { Message } from '@/lib/domain/messages/schema';
import type { Actor } from '@/tests/e2e/support/actor';
import { expect, test } from '@/tests/e2e/support/fixtures';

const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

interface File {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

async function sendFile(actor: Actor, conversationId: string, file: File): Promise<Message> {
  const { request } = actor.page.context();
  const { attachment } = (await (await request.post('/api/uploads', { multipart: { file } })).json()) as {
    attachment: Attachment;
  };
  const data = { attachmentIds: [attachment.id] };
  return (await actor.ask<{ message: Message }>('POST', `/api/conversations/${conversationId}/messages`, data)).message;
}

test('a quote of a message without text names its content, also when that message is far up', async ({ person }) => {
  const [ada, bob] = [await person('Ada Lovelace'), await person('Bob Martin')];
  const id = await ada.group('Archive', [bob]);
  const picture = await sendFile(ada, id, { name: 'IMG_0001.png', mimeType: 'image/png', buffer: onePixel });
  const plan = await sendFile(ada, id, { name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('The plan') });
  const gone = await ada.send(id, 'I take this back');
  for (const [about, target] of Object.entries({ picture, plan, gone })) {
    const data = { content: `About the ${about}`, replyToId: target.id };
    await bob.ask('POST', `/api/conversations/${id}/messages`, data);
  }
  await ada.ask('DELETE', `/api/conversations/${id}/messages/${gone.id}`);
  await bob.open(id);
  const says = { 'About the picture': 'Picture', 'About the plan': 'plan.txt', 'About the gone': 'A deleted message' };
  for (const [answer, what] of Object.entries(says)) await expect(bob.row(answer).locator('[data-quote]')).toContainText(what);

  await bob.send(id, 'The first of many');
  await Promise.all(Array.from({ length: 99 }, (_, n) => bob.send(id, `Message ${n}`)));
  await bob.send(id, 'The last of them');
  await bob.ask('POST', `/api/conversations/${id}/messages`, { content: 'Which picture?', replyToId: picture.id });
  await bob.open(id);
  await expect(bob.row('The last of them')).toBeInViewport();
  await expect(bob.row('The first of many'), 'nor is the picture loaded').toHaveCount(0);
  await expect(bob.row('Which picture?').locator('[data-quote]')).toHaveText('Ada LovelacePicture');
});
