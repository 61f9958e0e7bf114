/** Answers a request; `params` are the variable parts of its path, decoded. What every `app/api/**\/route.ts` exports for a method. */
export type RouteHandler = (
  request: Request,
  // biome-ignore lint/suspicious/noExplicitAny: each handler names the parameters of its own path
  context: { params: Promise<any> },
) => Response | Promise<Response>;

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

export type RouteModule = Partial<Record<Method, RouteHandler>>;

export type Params = Record<string, string | string[]>;

export interface Match<Route> {
  route: Route;
  params: Params;
}

interface Node<Route> {
  route?: Route;
  fixed: Map<string, Node<Route>>;
  /** `[name]`: any single segment */
  variable?: { name: string; node: Node<Route> };
  /** `[...name]`: the remaining segments, at least one */
  rest?: { name: string; route: Route };
}

/**
 * Finds routes by path, with the patterns and precedence of the App Router: a fixed segment before `[name]` before `[...name]`,
 * with backtracking.
 */
export class RouteTable<Route> {
  readonly #root: Node<Route> = { fixed: new Map() };

  /** @param pattern the folders' names: `['api', 'users', '[id]']` */
  add(pattern: string[], route: Route): void {
    let node = this.#root;
    for (const segment of pattern) {
      const rest = /^\[\.\.\.(\w+)\]$/.exec(segment)?.[1];
      if (rest) {
        node.rest = { name: rest, route };
        return;
      }
      node = childOf(node, segment);
    }
    node.route = route;
  }

  /**
   * @param path the request's path without its query; one extra slash at its end is ignored
   * @throws URIError
   */
  match(path: string): Match<Route> | null {
    const segments = path.split('/').slice(1);
    if (segments.length > 1 && segments.at(-1) === '') segments.pop();
    return find(this.#root, segments.map(decodeURIComponent), 0);
  }
}

function childOf<Route>(node: Node<Route>, segment: string): Node<Route> {
  const name = /^\[(\w+)\]$/.exec(segment)?.[1];
  if (name) {
    node.variable ??= { name, node: { fixed: new Map() } };
    return node.variable.node;
  }
  const child = node.fixed.get(segment) ?? { fixed: new Map() };
  node.fixed.set(segment, child);
  return child;
}

function find<Route>(node: Node<Route>, segments: string[], index: number): Match<Route> | null {
  const segment = segments[index];
  if (segment === undefined) return node.route === undefined ? null : { route: node.route, params: {} };
  const fixed = node.fixed.get(segment);
  const found = fixed ? find(fixed, segments, index + 1) : null;
  if (found) return found;
  if (node.variable && segment !== '') {
    const { name, node: child } = node.variable;
    const match = find(child, segments, index + 1);
    if (match) return { route: match.route, params: { ...match.params, [name]: segment } };
  }
  return node.rest ? { route: node.rest.route, params: { [node.rest.name]: segments.slice(index) } } : null;
}
