import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** The person who signs in at the provider next. */
export interface Claims {
  sub: string;
  name?: string;
  email?: string;
  email_verified?: boolean;
}

/** A compromised or broken provider. */
export type Misbehaviour =
  | { kind: 'silent' }
  | { kind: 'answers'; status: number; body: string }
  | { kind: 'signs'; idToken: (claims: Record<string, unknown>) => Promise<string> };

/** A small OpenID Connect provider: discovery, keys, automatic consent, and a token endpoint that checks PKCE. */
export class Provider {
  issuer = '';
  /** replaces the answer of the token endpoint */
  misbehaves: Misbehaviour | null = null;
  claims: Claims = { sub: 'nobody' };
  readonly #codes = new Map<string, URLSearchParams>();
  readonly #keys = generateKeyPair('RS256');
  readonly #server = createServer(async (request, response) => {
    const answer = await this.#answer(request);
    if (request.url === '/token' && this.misbehaves?.kind === 'silent') return;
    if (request.url === '/token' && this.misbehaves?.kind === 'answers')
      return void response.writeHead(this.misbehaves.status, { 'content-type': 'application/json' }).end(this.misbehaves.body);
    response
      .writeHead(answer ? 200 : 400, { 'content-type': 'application/json' })
      .end(JSON.stringify(answer ?? { error: 'invalid_grant' }));
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.issuer = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): Promise<unknown> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(resolve));
  }

  /** Acts as the provider's page, which sends the browser back with a code. @returns the callback's query */
  consent(authorizationUrl: string): string {
    const wanted = new URL(authorizationUrl).searchParams;
    const code = randomUUID();
    this.#codes.set(code, wanted);
    return new URLSearchParams({ code, state: wanted.get('state') ?? '' }).toString();
  }

  async #answer(request: IncomingMessage): Promise<object | null> {
    if (request.url === '/.well-known/openid-configuration') return this.#configuration();
    if (request.url === '/jwks')
      return { keys: [{ ...(await exportJWK((await this.#keys).publicKey)), alg: 'RS256', kid: '1' }] };
    let body = '';
    for await (const chunk of request) body += chunk;
    return this.#token(new URLSearchParams(body));
  }

  #configuration() {
    const at = (path: string) => `${this.issuer}${path}`;
    return {
      issuer: this.issuer,
      authorization_endpoint: at('/authorize'),
      token_endpoint: at('/token'),
      jwks_uri: at('/jwks'),
      response_types_supported: ['code'],
      id_token_signing_alg_values_supported: ['RS256'],
    };
  }

  async #token(form: URLSearchParams): Promise<object | null> {
    const wanted = this.#codes.get(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!wanted || wanted.get('code_challenge') !== challenge) return null;
    const seconds = Math.floor(Date.now() / 1_000);
    const standard = { iss: this.issuer, aud: wanted.get('client_id'), iat: seconds, exp: seconds + 300 };
    if (this.misbehaves?.kind === 'signs') {
      const idToken = await this.misbehaves.idToken({ ...this.claims, ...standard, nonce: wanted.get('nonce') });
      return { access_token: 'unused', token_type: 'Bearer', id_token: idToken };
    }
    const idToken = await new SignJWT({ ...this.claims, nonce: wanted.get('nonce') })
      .setProtectedHeader({ alg: 'RS256', kid: '1' })
      .setIssuer(this.issuer)
      .setAudience(wanted.get('client_id') ?? '')
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign((await this.#keys).privateKey);
    return { access_token: 'unused', token_type: 'Bearer', id_token: idToken };
  }
}
