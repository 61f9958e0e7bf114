import { markUnread } from '@/lib/domain/receipts/receipt';
import { unreadSchema } from '@/lib/domain/receipts/schema';
import { id, route } from '@/lib/doors/rest/route';

export const PUT = route(async ({ userId, params, body }) => {
  const { seq } = await body(unreadSchema);
  return markUnread(userId, id(params.id), seq);
});
