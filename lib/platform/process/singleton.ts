interface Holder {
  value: unknown;
  isCreated: boolean;
}

/**
 * Returns the one instance per process of something (the Socket.IO server, the pool, a limiter), created at the first call. server.ts
 * and each of Next's route bundles load their own copy of a module, so a module variable would exist several times.
 */
export function processSingleton<Value>(name: string, create: () => Value): Value {
  const holder = holders.get(name) ?? holderOf(name);
  if (!holder.isCreated) {
    holder.value = create();
    holder.isCreated = true;
  }
  return holder.value as Value;
}

/** Drops the instance, so that the next call creates a new one with the settings of that time. */
export function resetSingleton(name: string): void {
  holderOf(name).isCreated = false;
}

function holderOf(name: string): Holder {
  const global = globalThis as unknown as Record<symbol, Holder>;
  const key = Symbol.for(`parley.${name}`);
  global[key] ??= { value: undefined, isCreated: false };
  holders.set(name, global[key]);
  return global[key];
}

/** Caches the holders per copy of this module: each message needs dozens of lookups, and lookups in the global object are slow. */
const holders = new Map<string, Holder>();
