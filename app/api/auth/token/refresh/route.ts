import { handOver, presentedToken, withoutToken } from '@/lib/auth/token-transport';
import { refreshTokens } from '@/lib/auth/tokens';
import { ParleyError } from '@/lib/errors/error';
import { refusal } from '@/lib/rest/answer';
import { publicRoute } from '@/lib/rest/route';
import { refreshSchema } from '@/lib/sessions/schema';

export const POST = publicRoute(async ({ request, body }) => {
  const refreshToken = presentedToken(request, await body(refreshSchema));
  try {
    return handOver(request, await refreshTokens(refreshToken));
  } catch (error) {
    // A cookie that will never work again should not stay.
    if (error instanceof ParleyError && error.code === 'UNAUTHENTICATED') return withoutToken(request, refusal(error));
    throw error;
  }
});
