// An older client's path: the page of messages.
import { listMessages } from '@/lib/messages/message';
import { historySchema } from '@/lib/messages/schema';
import { id, route } from '@/lib/rest/route';

export const GET = route(({ userId, params, query }) => listMessages(userId, id(params.id), query(historySchema)));
