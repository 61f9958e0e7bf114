import { deviceOf } from '@/lib/auth/device';
import { handOver } from '@/lib/auth/token-transport';
import { grantTokens } from '@/lib/auth/tokens';
import { publicRoute } from '@/lib/rest/route';
import { credentialsSchema } from '@/lib/users/schema';

export const POST = publicRoute(async ({ request, body }) =>
  handOver(request, await grantTokens(await body(credentialsSchema), deviceOf(request))),
);
