import { serveAttachment } from '@/lib/domain/attachments/serving';
import { id, route } from '@/lib/doors/rest/route';

export const GET = route({ limit: 'other', scope: 'attachments:read' }, ({ userId, params, request }) =>
  serveAttachment(userId, id(params.id), request, { thumbnail: true }),
);

export const HEAD = GET;
