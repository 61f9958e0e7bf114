import { register } from '@/lib/auth/register';
import { isFromThisMachine } from '@/lib/rest/address';
import { created, publicRoute } from '@/lib/rest/route';
import { registerSchema } from '@/lib/users/schema';

export const POST = publicRoute(async ({ request, address, body }) => {
  const input = await body(registerSchema);
  return created({ user: await register(input, { address, fromThisMachine: isFromThisMachine(request.headers) }) });
});
