import { listChanges } from '@/lib/messages/message';
import { changesSchema } from '@/lib/messages/schema';
import { id, route } from '@/lib/rest/route';

export const GET = route(({ userId, params, query }) => listChanges(userId, id(params.id), query(changesSchema)));
