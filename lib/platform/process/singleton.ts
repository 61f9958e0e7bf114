interface Holder {
  value: unknown;
  isMade: boolean;
}

/**
 * What is one per process (the Socket.IO server, the pool, limiters, queues). server.ts and each route's bundle load their
 * own copy of a module, so a module variable would be several; this is the one place that is not.
 */
export function processSingleton<Value>(name: string, make: () => Value): Value {
  const holder = holders.get(name) ?? holderOf(name);
  if (!holder.isMade) {
    holder.value = make();
    holder.isMade = true;
  }
  return holder.value as Value;
}

/** The next who asks for it has it made anew, with the settings of then. */
export function resetSingleton(name: string): void {
  holderOf(name).isMade = false;
}

function holderOf(name: string): Holder {
  const all = globalThis as unknown as Record<symbol, Holder>;
  const key = Symbol.for(`parley.${name}`);
  all[key] ??= { value: undefined, isMade: false };
  holders.set(name, all[key]);
  return all[key];
}

/** Looked up once a copy: this is asked dozens of times a message, and to find something in the global object takes long. */
const holders = new Map<string, Holder>();
