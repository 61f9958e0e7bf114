import { pictureQuerySchema } from '@/lib/domain/attachments/schema';
import { servePicture } from '@/lib/domain/attachments/serving';
import { id, route } from '@/lib/doors/rest/route';

export const GET = route({ limit: 'other', scope: 'attachments:read' }, ({ userId, params, query, request }) =>
  servePicture(userId, id(params.id), query(pictureQuerySchema).size, request),
);

export const HEAD = GET;
