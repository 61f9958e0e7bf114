import { listPublicConversations } from '@/lib/domain/conversations/conversation';
import { publicConversationsSchema } from '@/lib/domain/conversations/schema';
import { route } from '@/lib/doors/rest/route';

export const GET = route(({ userId, query }) => listPublicConversations(userId, query(publicConversationsSchema)));
