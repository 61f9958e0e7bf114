import { Counter, Gauge } from 'prom-client';
import { processSingleton } from '@/lib/platform/process/singleton';

// Names follow Prometheus: counters end in _total, times are in seconds. Labels have a small, fixed set of values, because each value
// creates a time series; so no label contains an id.

/** What several folders count. Everything else is measured in the `metrics.ts` of its folder; `boot/metrics.ts` lists them all. */
export const metrics = () => processSingleton('metrics', createMetrics);

function createMetrics() {
  return {
    errors: new Counter({
      name: 'parley_errors_total',
      help: 'Errors sent to clients, by code and transport (rest, socket)',
      labelNames: ['door', 'code'],
    }),
    faults: new Counter({
      name: 'parley_faults_total',
      help: 'Unexpected errors: each one is logged',
      labelNames: ['door'],
    }),
    cache: new Counter({
      name: 'parley_cache_requests_total',
      help: 'Cache lookups, by result',
      labelNames: ['cache', 'result'],
    }),
    queues: new Gauge({
      name: 'parley_queue_depth',
      help: 'Entries that wait or are in flight, by queue',
      labelNames: ['queue'],
      collect() {
        for (const [queue, depth] of queues()) this.set({ queue }, depth());
      },
    }),
  };
}

const queues = () => processSingleton('queues', () => new Map<string, () => number>());

/** Adds a queue to `parley_queue_depth`. `depth` is read at every scrape. */
export function watchQueue(name: string, depth: () => number): void {
  queues().set(name, depth);
}
