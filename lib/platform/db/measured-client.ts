import pg from 'pg';
import { databaseMetrics } from '@/lib/platform/db/metrics';
import { env } from '@/lib/platform/env/env';
import { log } from '@/lib/platform/log/log';
import { currentContext } from '@/lib/platform/process/context';

type Callback = (...result: unknown[]) => void;

/** A connection that measures its statements and logs slow ones: their name or text, never their values. */
export class MeasuredClient extends pg.Client {
  // pg declares a dozen overloads of `query`. All of them end up here.
  override query = ((...args: unknown[]) => {
    const stop = timer(args[0]);
    const callback = args.at(-1);
    if (typeof callback === 'function') args.splice(-1, 1, withTimer(stop, callback as Callback));
    const result = Reflect.apply(pg.Client.prototype.query, this, args) as unknown;
    if (typeof callback !== 'function' && result instanceof Promise) result.then(stop, stop);
    return result;
  }) as pg.Client['query'];
}

const withTimer =
  (stop: () => void, callback: Callback): Callback =>
  (...result) => {
    stop();
    callback(...result);
  };

function timer(statement: unknown): () => void {
  const startedAt = performance.now();
  // Captured now: pg calls back from the connection's events, which have no async context.
  const context = currentContext();
  return () => {
    const ms = performance.now() - startedAt;
    databaseMetrics().statements.observe(ms / 1_000);
    const slowMs = env().SLOW_STATEMENT_MS;
    if (slowMs === 0 || ms < slowMs) return;
    log().warn({ ...context, statement: statementName(statement), ms: Math.round(ms) }, 'A statement was slow.');
  };
}

function statementName(statement: unknown): string {
  const { name, text } = typeof statement === 'string' ? { text: statement } : (statement as { name?: string; text?: string });
  const known = name && !name.startsWith('prisma_') ? name : text;
  return (known ?? '').replace(/\s+/g, ' ').trim().slice(0, 300);
}
