import { upload } from '@/lib/domain/attachments/attachment';
import { byVerb } from '@/lib/domain/operation';
import { created, route } from '@/lib/doors/rest/route';

export const POST = route({ limit: byVerb('upload'), scope: 'attachments:write' }, async ({ userId, request }) =>
  created({ attachment: await upload(userId, request) }),
);
