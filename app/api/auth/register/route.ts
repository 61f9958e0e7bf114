import { register } from '@/lib/domain/accounts/account';
import { registerSchema } from '@/lib/domain/users/schema';
import { created, publicRoute } from '@/lib/doors/rest/route';
import { isFromThisMachine } from '@/lib/platform/http/address';

export const POST = publicRoute(async ({ request, address, body }) => {
  const input = await body(registerSchema);
  return created({ user: await register(input, { address, fromThisMachine: isFromThisMachine(request.headers) }) });
});
