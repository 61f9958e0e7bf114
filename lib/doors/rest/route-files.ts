import { readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type RouteModule, RouteTable } from '@/lib/doors/rest/routing';

/**
 * Reads the route table from the folders: `<folder>/api/users/[id]/route.ts` serves `/api/users/:id`. Without a separate list,
 * nothing can differ from the folders or from Next.js.
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

/** All files below `<app>/api` with handlers. */
export function routeFiles(app: string): string[] {
  const names = readdirSync(join(app, 'api'), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /(^|[\\/])route\.ts$/.test(name)).map((name) => join(app, 'api', name));
}
