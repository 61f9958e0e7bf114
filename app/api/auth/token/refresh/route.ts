import { refreshTokens } from '@/lib/domain/accounts/account';
import { refreshSchema } from '@/lib/domain/sessions/schema';
import { handOver, presentedToken, withoutToken } from '@/lib/doors/auth/token-transport';
import { refusal } from '@/lib/doors/rest/answer';
import { publicRoute } from '@/lib/doors/rest/route';
import { ParleyError } from '@/lib/platform/errors/error';

export const POST = publicRoute(async ({ request, body }) => {
  const refreshToken = presentedToken(request, await body(refreshSchema));
  try {
    return handOver(request, await refreshTokens(refreshToken));
  } catch (error) {
    // Removes the cookie, which will never be valid again.
    if (error instanceof ParleyError && error.code === 'UNAUTHENTICATED') return withoutToken(request, refusal(error));
    throw error;
  }
});
