import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadRoutes, routeFiles } from '@/lib/doors/rest/route-files';
import { RouteTable } from '@/lib/doors/rest/routing';

function tableOf(...patterns: string[]): RouteTable<string> {
  const table = new RouteTable<string>();
  for (const pattern of patterns) table.add(pattern.split('/'), pattern);
  return table;
}

describe('a table of routes', () => {
  const table = tableOf('api/[...path]', 'api/things', 'api/things/[id]', 'api/things/mine', 'api/things/[id]/parts/[part]');

  test.each([
    ['/api/things', 'api/things', {}],
    ['/api/things/', 'api/things', {}],
    ['/api/things/7', 'api/things/[id]', { id: '7' }],
    ['/api/things/mine', 'api/things/mine', {}],
    ['/api/things/7/parts/8', 'api/things/[id]/parts/[part]', { id: '7', part: '8' }],
    ['/api/things/a%2Fb%20c', 'api/things/[id]', { id: 'a/b c' }],
    ['/api/things/__proto__', 'api/things/[id]', { id: '__proto__' }],
    ['/api/nothing/here', 'api/[...path]', { path: ['nothing', 'here'] }],
  ])('finds %s', (path, route, params) => {
    expect(table.match(path)).toEqual({ route, params });
  });

  test('goes back where a fixed segment leads nowhere', () => {
    expect(table.match('/api/things/mine/parts/8')).toEqual({
      route: 'api/things/[id]/parts/[part]',
      params: { id: 'mine', part: '8' },
    });
  });

  test('gives no empty value to a parameter', () => {
    const things = tableOf('api/things/[id]', 'api/things/[id]/parts');
    expect(things.match('/api/things')).toBeNull();
    expect(things.match('/api/things/')).toBeNull();
    expect(things.match('/api/things//parts')).toBeNull();
  });

  test('throws for a path that cannot be decoded', () => {
    expect(() => table.match('/api/things/%E0%A4%A')).toThrow(URIError);
  });
});

test('every file of a route is served at its path, and exports handlers by their methods alone', async () => {
  const routes = await loadRoutes('app');
  const files = routeFiles('app');
  expect(files.length).toBeGreaterThan(30);
  for (const file of files) {
    const path = `/${file.slice('app/'.length, -'/route.ts'.length)}`;
    const { route } = routes.match(path.replace(/\[\.{3}\w+\]/, 'x/y').replace(/\[(\w+)\]/g, 'value-of-$1')) ?? {};
    const url = pathToFileURL(resolve(file)).href;
    expect(route, file).toBe(await import(url));
    const exported = Object.keys(route ?? {}).filter((name) => name !== 'dynamic');
    expect(exported.length, file).toBeGreaterThan(0);
    for (const name of exported) expect(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'], file).toContain(name);
  }
});
