// An older client's path: the page of messages.
import { listMessages } from '@/lib/domain/messages/message';
import { historySchema } from '@/lib/domain/messages/schema';
import { id, route } from '@/lib/doors/rest/route';

export const GET = route(({ userId, params, query }) => listMessages(userId, id(params.id), query(historySchema)));
