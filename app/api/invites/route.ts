import { createInvite } from '@/lib/invites/invite';
import { created, route } from '@/lib/rest/route';

export const POST = route(async ({ userId }) => created({ invite: await createInvite(userId) }));
