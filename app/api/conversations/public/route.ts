import { listPublicConversations } from '@/lib/conversations/conversation';
import { publicConversationsSchema } from '@/lib/conversations/schema';
import { route } from '@/lib/rest/route';

export const GET = route(({ userId, query }) => listPublicConversations(userId, query(publicConversationsSchema)));
