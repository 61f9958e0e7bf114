import { rest } from '@/lib/doors/rest/rest';
import { ownAddress } from '@/lib/platform/http/origin';

export const POST = rest('invite.create', { input: (_given, { request }) => ({ address: ownAddress(request) }) });
