import { createInvite } from '@/lib/domain/invites/invite';
import { created, route } from '@/lib/doors/rest/route';
import { ownAddress } from '@/lib/platform/http/origin';

export const POST = route(async ({ userId, request }) => created({ invite: await createInvite(userId, ownAddress(request)) }));
