import { revokeTokens } from '@/lib/domain/accounts/account';
import { refreshSchema } from '@/lib/domain/sessions/schema';
import { endSession } from '@/lib/domain/sessions/session';
import { findSessionFor } from '@/lib/doors/auth/person';
import { presentedToken, withoutToken } from '@/lib/doors/auth/token-transport';
import { noContent, publicRoute } from '@/lib/doors/rest/route';

/** Ends the session of the refresh token, or of the access token if there is no refresh token. */
export const POST = publicRoute(async ({ request, body }) => {
  const { refreshToken } = await body(refreshSchema);
  const authorization = request.headers.get('authorization');
  const bearer = refreshToken === undefined && authorization ? await findSessionFor({ authorization }) : null;
  if (bearer) await endSession(bearer.sessionId);
  else await revokeTokens(presentedToken(request, { refreshToken }));
  return withoutToken(request, noContent());
});
