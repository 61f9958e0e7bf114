// An older client's path.
import { listConversations } from '@/lib/conversations/conversation';
import { listConversationsSchema } from '@/lib/conversations/schema';
import { route } from '@/lib/rest/route';

export const GET = route(({ userId, query }) => listConversations(userId, query(listConversationsSchema)));
