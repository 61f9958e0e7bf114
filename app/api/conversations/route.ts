import { createDirect, createGroup, listConversations } from '@/lib/domain/conversations/conversation';
import { createConversationSchema, listConversationsSchema } from '@/lib/domain/conversations/schema';
import { created, route } from '@/lib/doors/rest/route';

export const GET = route(({ userId, query }) => listConversations(userId, query(listConversationsSchema)));

export const POST = route(async ({ userId, body }) => {
  const input = await body(createConversationSchema);
  if (input.kind === 'group') return created({ conversation: await createGroup(userId, input) });
  const { conversation, made } = await createDirect(userId, input.userId);
  return made ? created({ conversation }) : { conversation };
});
