import { createDirect, createGroup, listConversations } from '@/lib/conversations/conversation';
import { createConversationSchema, listConversationsSchema } from '@/lib/conversations/schema';
import { created, route } from '@/lib/rest/route';

export const GET = route(({ userId, query }) => listConversations(userId, query(listConversationsSchema)));

export const POST = route(async ({ userId, body }) => {
  const input = await body(createConversationSchema);
  if (input.kind === 'group') return created({ conversation: await createGroup(userId, input) });
  const { conversation, made } = await createDirect(userId, input.userId);
  return made ? created({ conversation }) : { conversation };
});
