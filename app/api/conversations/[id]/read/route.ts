import { markRead } from '@/lib/receipts/receipt';
import { readSchema } from '@/lib/receipts/schema';
import { id, route } from '@/lib/rest/route';

export const PUT = route(async ({ userId, params, body }) => {
  const { seq } = await body(readSchema);
  return markRead(userId, id(params.id), seq);
});
