import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileOrigin } from '@/boot/files';
import { env } from '@/lib/platform/env/env';
import { addressHeader } from '@/lib/platform/http/address';

/** Sets the headers of every answer. Routes may add their own; pages also get a content security policy. */
export function setSecurityHeaders(request: IncomingMessage, response: ServerResponse, dev: boolean): void {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'same-origin');
  response.setHeader('X-Frame-Options', 'DENY');
  // On other origins browsers ignore it, and print an error on every page.
  if (isTrustworthy(request.headers.host ?? '')) response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()');
  if (env().PUBLIC_URL.startsWith('https:')) response.setHeader('Strict-Transport-Security', 'max-age=31536000');
  // The API's answers are data, and uploads have a stricter policy of their own.
  if (request.url?.startsWith('/api/')) return;
  const policy = contentPolicy(randomBytes(16).toString('base64'), request.headers.host ?? '', dev);
  response.setHeader('Content-Security-Policy', policy);
  // Next.js reads the nonce for its own scripts from here.
  request.headers['content-security-policy'] = policy;
}

/** Whether browsers treat the page as secure: on HTTPS, or on the same machine. */
const isTrustworthy = (host: string) =>
  env().PUBLIC_URL.startsWith('https:') || /^((.+\.)?localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i.test(host);

/** Writes the client's address for the routes, and overwrites what a client sent there. */
export function stampAddress(request: IncomingMessage): void {
  request.headers[addressHeader] = request.socket.remoteAddress ?? '';
}

function contentPolicy(nonce: string, host: string, dev: boolean): string {
  // Older browsers do not count a page's own WebSocket as 'self'.
  const sockets = /^[\w.:[\]-]+$/.test(host) ? ` ws://${host} wss://${host}` : '';
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    dev ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    // A computed position or size is an attribute; it can load and run nothing.
    "style-src-attr 'unsafe-inline'",
    `img-src 'self' data: blob: ${fileOrigin()}`.trim(),
    "media-src 'self' blob:",
    "font-src 'self'",
    `connect-src 'self'${sockets}`,
    "worker-src 'self' blob:",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
