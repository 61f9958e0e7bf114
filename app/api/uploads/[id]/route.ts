import { serveAttachment } from '@/lib/attachments/serving';
import { id, route } from '@/lib/rest/route';

export const GET = route(({ userId, params, request }) => serveAttachment(userId, id(params.id), request));

export const HEAD = GET;
