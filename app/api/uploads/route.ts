import { upload } from '@/lib/attachments/attachment';
import { created, route } from '@/lib/rest/route';

export const POST = route(async ({ userId, request }) => created({ attachment: await upload(userId, request) }), {
  limit: false,
});
