import { upload } from '@/lib/domain/attachments/attachment';
import { created, route } from '@/lib/doors/rest/route';

export const POST = route(async ({ userId, request }) => created({ attachment: await upload(userId, request) }), {
  limit: false,
});
