/** A value, or the promise of one. Sending a message mostly needs values that are already known, and every promise has a cost. */
export type MaybePromise<Value> = Value | Promise<Value>;

/** Like `then`, but calls `next` synchronously when the value is already known. */
export function andThen<Value, Next>(
  maybe: MaybePromise<Value>,
  next: (value: Value) => MaybePromise<Next>,
): MaybePromise<Next> {
  return maybe instanceof Promise ? maybe.then(next) : next(maybe);
}
