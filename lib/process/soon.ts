/** A value, or the promise of one. Most of what is asked on the way of a message is known at once; each promise costs. */
export type Soon<Value> = Value | Promise<Value>;

/** Goes on with a value as soon as it is known: now, if it is. */
export function whenKnown<Value, Next>(soon: Soon<Value>, next: (value: Value) => Soon<Next>): Soon<Next> {
  return soon instanceof Promise ? soon.then(next) : next(soon);
}
