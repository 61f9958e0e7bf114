import { createInvite } from '@/lib/invites/invite';
import { ownAddress } from '@/lib/rest/origin';
import { created, route } from '@/lib/rest/route';

export const POST = route(async ({ userId, request }) => created({ invite: await createInvite(userId, ownAddress(request)) }));
