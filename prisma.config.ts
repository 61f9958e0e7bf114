import { defineConfig } from 'prisma/config';

// Read by the prisma command line only; the server migrates itself (lib/db/migrate.ts).
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://localhost/parley' },
});
