import { readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type RouteModule, RouteTable } from '@/lib/doors/rest/routing';

/**
 * The table of routes, read from the folders: `<folder>/api/users/[id]/route.ts` serves `/api/users/:id`. There is no list beside the
 * folders that could disagree with them, or with what Next.js makes of them.
 * @param app the folder of the App Router
 */
export async function loadRoutes(app: string): Promise<RouteTable<RouteModule>> {
  const table = new RouteTable<RouteModule>();
  await Promise.all(
    routeFiles(app).map(async (file) => {
      const pattern = relative(app, dirname(file)).split(sep);
      table.add(pattern, (await import(pathToFileURL(file).href)) as RouteModule);
    }),
  );
  return table;
}

/** Every file below `<app>/api` that holds handlers. */
export function routeFiles(app: string): string[] {
  const names = readdirSync(join(app, 'api'), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /(^|[\\/])route\.ts$/.test(name)).map((name) => join(app, 'api', name));
}
