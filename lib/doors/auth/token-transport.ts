import type { TokenGrant } from '@/lib/domain/sessions/schema';
import { sessionSeconds } from '@/lib/domain/sessions/use';
import { cookieName, readCookie, refreshCookie } from '@/lib/doors/auth/cookies';
import { answer } from '@/lib/doors/rest/answer';
import { ParleyError } from '@/lib/platform/errors/error';
import { originOf } from '@/lib/platform/http/origin';

/**
 * Answers with a grant. For a page the refresh token goes into an httpOnly cookie, which scripts cannot read. A client without an
 * Origin is no page, and gets it in the body.
 */
export function handOver(request: Request, { refreshToken, ...rest }: TokenGrant): Response {
  if (!request.headers.has('origin')) return answer({ ...rest, refreshToken });
  const response = answer(rest);
  response.headers.append('Set-Cookie', refreshCookie(refreshToken, sessionSeconds));
  return response;
}

/**
 * The refresh token of a request, from the body or otherwise the cookie, which only our own pages may use.
 * @throws UNAUTHENTICATED
 */
export function presentedToken(request: Request, body: { refreshToken?: string }): string {
  const own = ['own', 'none'].includes(originOf(request));
  const cookie = own ? readCookie(request.headers.get('cookie'), cookieName('refresh-token')) : null;
  const token = body.refreshToken ?? cookie;
  if (!token) throw new ParleyError('UNAUTHENTICATED', 'No refresh token was sent.');
  return token;
}

/** Removes the cookie if the request had one. */
export function withoutToken(request: Request, response: Response): Response {
  const brought = readCookie(request.headers.get('cookie'), cookieName('refresh-token')) !== null;
  if (brought) response.headers.append('Set-Cookie', refreshCookie('', 0));
  return response;
}
