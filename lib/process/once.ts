/**
 * What is one per process (the Socket.IO server, the pool, limiters, queues). server.ts and each route's bundle load their
 * own copy of a module, so a module variable would be several; this is the one place that is not.
 */
export function oncePerProcess<Value>(name: string, make: () => Value): Value {
  const holder = globalThis as unknown as Record<symbol, { value: Value } | undefined>;
  const key = keyOf(name);
  holder[key] ??= { value: make() };
  return holder[key].value;
}

function keyOf(name: string): symbol {
  const known = keys.get(name);
  if (known) return known;
  const key = Symbol.for(`parley.${name}`);
  keys.set(name, key);
  return key;
}

/** Looked up once a copy: finding a symbol by its text costs more than most of what is then done with it. */
const keys = new Map<string, symbol>();
