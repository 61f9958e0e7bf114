// An older client's path.
import { listConversations } from '@/lib/domain/conversations/conversation';
import { listConversationsSchema } from '@/lib/domain/conversations/schema';
import { route } from '@/lib/doors/rest/route';

export const GET = route(({ userId, query }) => listConversations(userId, query(listConversationsSchema)));
