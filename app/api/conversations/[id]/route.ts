import { deleteConversation, getConversation, updateConversation } from '@/lib/domain/conversations/conversation';
import { updateConversationSchema } from '@/lib/domain/conversations/schema';
import { id, noContent, route } from '@/lib/doors/rest/route';

export const GET = route(async ({ userId, params }) => ({ conversation: await getConversation(userId, id(params.id)) }));

export const PATCH = route(async ({ userId, params, body }) => ({
  conversation: await updateConversation(userId, id(params.id), await body(updateConversationSchema)),
}));

export const DELETE = route(async ({ userId, params }) => {
  await deleteConversation(userId, id(params.id));
  return noContent();
});
