import { findSessionFor } from '@/lib/auth/person';
import { presentedToken, withoutToken } from '@/lib/auth/token-transport';
import { revokeTokens } from '@/lib/auth/tokens';
import { noContent, publicRoute } from '@/lib/rest/route';
import { refreshSchema } from '@/lib/sessions/schema';
import { endSession } from '@/lib/sessions/session';

/** Ends the session of the refresh token, or of the access token of who brings only that. */
export const POST = publicRoute(async ({ request, body }) => {
  const { refreshToken } = await body(refreshSchema);
  const authorization = request.headers.get('authorization');
  const bearer = refreshToken === undefined && authorization ? await findSessionFor({ authorization }) : null;
  if (bearer) await endSession(bearer.sessionId);
  else await revokeTokens(presentedToken(request, { refreshToken }));
  return withoutToken(request, noContent());
});
