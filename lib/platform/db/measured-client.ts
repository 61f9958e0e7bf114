import pg from 'pg';
import { env } from '@/lib/platform/env/env';
import { log } from '@/lib/platform/log/log';
import { measured } from '@/lib/platform/metrics/metrics';
import { currentContext } from '@/lib/platform/process/context';

type Callback = (...result: unknown[]) => void;

/** A connection that times its statements, and logs those that take long: their name or text, never their values. */
export class MeasuredClient extends pg.Client {
  // pg's own declaration is a dozen overloads; every one of them comes through here.
  override query = ((...args: unknown[]) => {
    const done = timer(args[0]);
    const callback = args.at(-1);
    if (typeof callback === 'function') args.splice(-1, 1, ended(done, callback as Callback));
    const result = Reflect.apply(pg.Client.prototype.query, this, args) as unknown;
    if (typeof callback !== 'function' && result instanceof Promise) result.then(done, done);
    return result;
  }) as pg.Client['query'];
}

const ended =
  (done: () => void, callback: Callback): Callback =>
  (...result) => {
    done();
    callback(...result);
  };

function timer(statement: unknown): () => void {
  const begun = performance.now();
  // pg answers out of the connection's events, which are nobody's.
  const context = currentContext();
  return () => {
    const ms = performance.now() - begun;
    measured().statements.observe(ms / 1_000);
    const most = env().SLOW_STATEMENT_MS;
    if (most === 0 || ms < most) return;
    log().warn({ ...context, statement: nameOf(statement), ms: Math.round(ms) }, 'A statement took long.');
  };
}

function nameOf(statement: unknown): string {
  const { name, text } = typeof statement === 'string' ? { text: statement } : (statement as { name?: string; text?: string });
  const known = name && !name.startsWith('prisma_') ? name : text;
  return (known ?? '').replace(/\s+/g, ' ').trim().slice(0, 300);
}
