import { pictureQuerySchema } from '@/lib/attachments/schema';
import { servePicture } from '@/lib/attachments/serving';
import { id, route } from '@/lib/rest/route';

export const GET = route(({ userId, params, query, request }) =>
  servePicture(userId, id(params.id), query(pictureQuerySchema).size, request),
);

export const HEAD = GET;
