import { presentedToken, withoutToken } from '@/lib/auth/token-transport';
import { revokeTokens } from '@/lib/auth/tokens';
import { noContent, publicRoute } from '@/lib/rest/route';
import { refreshSchema } from '@/lib/sessions/schema';

export const POST = publicRoute(async ({ request, body }) => {
  await revokeTokens(presentedToken(request, await body(refreshSchema)));
  return withoutToken(request, noContent());
});
