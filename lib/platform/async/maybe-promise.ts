/** A value, or the promise of one. Most of what is asked on the way of a message is known at once; each promise costs. */
export type MaybePromise<Value> = Value | Promise<Value>;

/** Goes on with a value as soon as it is known: now, if it is. */
export function andThen<Value, Next>(
  soon: MaybePromise<Value>,
  next: (value: Value) => MaybePromise<Next>,
): MaybePromise<Next> {
  return soon instanceof Promise ? soon.then(next) : next(soon);
}
