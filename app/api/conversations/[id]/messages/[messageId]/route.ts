import { deleteMessage, editMessage } from '@/lib/domain/messages/message';
import { editMessageSchema } from '@/lib/domain/messages/schema';
import { id, noContent, route } from '@/lib/doors/rest/route';

export const PATCH = route(async ({ userId, params, body }) => {
  const { content } = await body(editMessageSchema);
  return { message: await editMessage(userId, id(params.messageId), content, id(params.id)) };
});

export const DELETE = route(async ({ userId, params }) => {
  await deleteMessage(userId, id(params.messageId), id(params.id));
  return noContent();
});
