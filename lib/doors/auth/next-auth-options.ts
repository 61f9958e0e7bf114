import type { AuthOptions, CookieOption } from 'next-auth';
import { checkPassword, findUserForProvider } from '@/lib/domain/accounts/account';
import { oauthProviders, type ProviderProfile } from '@/lib/domain/accounts/providers';
import { authSecret } from '@/lib/domain/accounts/secret';
import { endSession, findSession, openSession } from '@/lib/domain/sessions/session';
import { credentialsSchema } from '@/lib/domain/users/schema';
import { cookieName, isSecure } from '@/lib/doors/auth/cookies';
import { deviceOf } from '@/lib/doors/auth/device';
import { knownDevice } from '@/lib/doors/auth/known-device';
import { readSessionCookie } from '@/lib/doors/auth/session-cookie';
import { ParleyError, parse } from '@/lib/platform/errors/error';
import { clientAddress, isFromThisMachine } from '@/lib/platform/http/address';
import { log } from '@/lib/platform/log/log';

/** Seconds. The session's row decides when it ends (after 30 days without use); the cookie only has to last longer. */
const cookieSeconds = 365 * 24 * 60 * 60;

/**
 * Created for each request, because a sign-in needs the request's device.
 * @param onPassword called with the account after a right password
 */
export function nextAuthOptions(request: Request, onPassword: (email: string) => void): AuthOptions {
  return {
    secret: authSecret(),
    useSecureCookies: isSecure(),
    cookies: cookies(),
    session: { strategy: 'jwt', maxAge: cookieSeconds },
    pages: { signIn: '/sign-in', signOut: '/', error: '/sign-in', verifyRequest: '/sign-in' },
    providers: [passwords(request, onPassword), ...oauthProviders()],
    callbacks: callbacks(request),
    events: {
      signOut: async ({ token }) => {
        if (typeof token.sessionId === 'string') await endSession(token.sessionId);
      },
    },
    logger: {
      // Only names are logged: the metadata has tokens and profiles. A cookie of a device that was signed out is not worth a log
      // line.
      error: (code) => {
        if (code !== 'JWT_SESSION_ERROR') log().warn({ code }, 'Sign-in did not work.');
      },
      warn: () => {},
      debug: () => {},
    },
  };
}

function passwords(request: Request, onPassword: (email: string) => void): AuthOptions['providers'][number] {
  return {
    id: 'credentials',
    name: 'Password',
    type: 'credentials',
    credentials: {},
    authorize: async (input) => {
      try {
        const credentials = parse(credentialsSchema, input);
        const device = knownDevice(request.headers.get('cookie'), credentials.email);
        const { userId } = await checkPassword(credentials, { address: clientAddress(request.headers), device });
        onPassword(credentials.email);
        return { id: userId };
      } catch (error) {
        if (error instanceof ParleyError && error.code === 'UNAUTHENTICATED') return null;
        throw refusalInWords(error);
      }
    },
    options: {},
  } as AuthOptions['providers'][number];
}

/** next-auth passes only a text on to the page: the error's code, and after a colon the seconds to wait. */
function refusalInWords(error: unknown): Error {
  if (error instanceof ParleyError) return new Error([error.code, error.details.retryAfter ?? []].flat().join(':'));
  log().error({ err: error }, 'Signing in failed.');
  return new Error('UNAVAILABLE');
}

function callbacks(request: Request): AuthOptions['callbacks'] {
  return {
    signIn: async ({ user, account }) => {
      if (account?.type !== 'oauth') return true;
      try {
        const { id } = await findUserForProvider({
          provider: account.provider,
          profile: user as unknown as ProviderProfile,
          signedInAs: await signedInAs(request),
          fromThisMachine: isFromThisMachine(request.headers),
        });
        user.id = id;
        return true;
      } catch (error) {
        return `/sign-in?error=${errorParameter(error)}`;
      }
    },
    jwt: async ({ token, user }) => {
      if (user) return { sub: user.id, sessionId: await signDeviceIn(user.id, request) };
      // Runs again later, when the device may have been signed out: next-auth then removes the cookie.
      const session = await findSession(String(token.sessionId));
      if (session?.userId !== token.sub) throw new Error('signed out');
      return { sub: token.sub, sessionId: token.sessionId };
    },
    // Only the user's id: names and addresses come from /api/me.
    session: ({ session, token }) => ({ expires: session.expires, user: { id: token.sub } }) as typeof session,
  };
}

/** The error for the sign-in page. For an unexpected error next-auth would use its message. */
function errorParameter(error: unknown): string {
  if (error instanceof ParleyError) return error.code === 'CONFLICT' ? 'OAuthAccountNotLinked' : 'AccessDenied';
  log().error({ err: error }, 'Signing in through a provider failed.');
  return 'Callback';
}

/** A browser holds one session: a new sign-in ends the old one. */
async function signDeviceIn(userId: string, request: Request): Promise<string> {
  const previous = await readSessionCookie(request.headers.get('cookie'));
  const { id } = await openSession(userId, deviceOf(request));
  if (previous) await endSession(previous.sessionId);
  return id;
}

async function signedInAs(request: Request): Promise<string | null> {
  const claims = await readSessionCookie(request.headers.get('cookie'));
  const session = claims && (await findSession(claims.sessionId));
  return session?.userId ?? null;
}

function cookies(): AuthOptions['cookies'] {
  const option = (use: Parameters<typeof cookieName>[0], maxAge?: number): CookieOption => ({
    name: cookieName(use),
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure(), maxAge },
  });
  return {
    sessionToken: option('session-token'),
    callbackUrl: option('callback-url'),
    csrfToken: option('csrf-token'),
    pkceCodeVerifier: option('pkce', 900),
    state: option('state', 900),
    nonce: option('nonce', 900),
  };
}
