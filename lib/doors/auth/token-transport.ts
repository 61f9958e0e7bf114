import type { TokenGrant } from '@/lib/domain/sessions/schema';
import { sessionSeconds } from '@/lib/domain/sessions/use';
import { cookieName, readCookie, refreshCookie } from '@/lib/doors/auth/cookies';
import { answer } from '@/lib/doors/rest/answer';
import { ParleyError } from '@/lib/platform/errors/error';
import { originOf } from '@/lib/platform/http/origin';

/**
 * Answers with a grant. A page's script never gets hold of the refresh token, which goes into an httpOnly cookie; a client
 * that sends no Origin is no page, and gets it in the body.
 */
export function handOver(request: Request, { refreshToken, ...rest }: TokenGrant): Response {
  if (!request.headers.has('origin')) return answer({ ...rest, refreshToken });
  const response = answer(rest);
  response.headers.append('Set-Cookie', refreshCookie(refreshToken, sessionSeconds));
  return response;
}

/**
 * The refresh token of a request: the body's, else its cookie's, which only our own pages may use.
 * @throws UNAUTHENTICATED
 */
export function presentedToken(request: Request, body: { refreshToken?: string }): string {
  const own = ['own', 'none'].includes(originOf(request));
  const cookie = own ? readCookie(request.headers.get('cookie'), cookieName('refresh-token')) : null;
  const token = body.refreshToken ?? cookie;
  if (!token) throw new ParleyError('UNAUTHENTICATED', 'No refresh token was sent.');
  return token;
}

/** Takes the cookie away from a request that brought one. */
export function withoutToken(request: Request, response: Response): Response {
  const brought = readCookie(request.headers.get('cookie'), cookieName('refresh-token')) !== null;
  if (brought) response.headers.append('Set-Cookie', refreshCookie('', 0));
  return response;
}
