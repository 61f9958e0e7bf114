import { markRead } from '@/lib/domain/receipts/receipt';
import { readSchema } from '@/lib/domain/receipts/schema';
import { id, route } from '@/lib/doors/rest/route';

export const PUT = route(async ({ userId, params, body }) => {
  const { seq } = await body(readSchema);
  return markRead(userId, id(params.id), seq);
});
