import { listChanges } from '@/lib/domain/messages/message';
import { changesSchema } from '@/lib/domain/messages/schema';
import { id, route } from '@/lib/doors/rest/route';

export const GET = route(({ userId, params, query }) => listChanges(userId, id(params.id), query(changesSchema)));
