import { markUnread } from '@/lib/receipts/receipt';
import { unreadSchema } from '@/lib/receipts/schema';
import { id, route } from '@/lib/rest/route';

export const PUT = route(async ({ userId, params, body }) => {
  const { seq } = await body(unreadSchema);
  return markUnread(userId, id(params.id), seq);
});
