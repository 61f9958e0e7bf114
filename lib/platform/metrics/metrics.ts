import { Counter, Gauge, Histogram } from 'prom-client';
import { processSingleton } from '@/lib/platform/process/singleton';

// Names follow Prometheus: counters end in _total, times are in seconds. Labels have a small, fixed set of values, because each value
// creates a time series; so no label contains an id.

/** Parley's metrics, as `/api/metrics` exposes them. */
export const metrics = () => processSingleton('metrics', createMetrics);

// biome-ignore lint/complexity/noExcessiveLinesPerFunction: a table with one entry per metric.
function createMetrics() {
  return {
    messages: new Counter({
      name: 'parley_messages_total',
      help: 'Messages in commits, by outcome: stored, again (a retry of a stored message), refused',
      labelNames: ['outcome'],
    }),
    commit: new Histogram({
      name: 'parley_commit_seconds',
      help: 'Duration of message commits',
      labelNames: ['outcome'],
      buckets: [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    }),
    batch: new Histogram({
      name: 'parley_commit_messages',
      help: 'Messages per commit',
      buckets: [1, 2, 5, 10, 20, 50, 100, 200],
    }),
    requests: new Histogram({
      name: 'parley_socket_event_seconds',
      help: 'Time from the arrival of a socket request to its ack',
      labelNames: ['event'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    }),
    acks: new Counter({
      name: 'parley_acks_total',
      help: 'Acks sent to sockets, by code: ok, or the error code',
      labelNames: ['code'],
    }),
    fanOut: new Histogram({
      name: 'parley_fanout_sockets',
      help: 'Sockets of this node that received an event',
      labelNames: ['event'],
      buckets: [0, 1, 2, 5, 10, 50, 100, 500, 1_000, 5_000],
    }),
    connections: new Counter({ name: 'parley_socket_connections_total', help: 'Sockets that connected and signed in' }),
    disconnections: new Counter({
      name: 'parley_socket_disconnections_total',
      help: 'Sockets that disconnected, by reason',
      labelNames: ['reason'],
    }),
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
    violations: new Counter({
      name: 'parley_limit_violations_total',
      help: 'Requests rejected by a rate or size limit',
      labelNames: ['kind'],
    }),
    cache: new Counter({
      name: 'parley_cache_requests_total',
      help: 'Cache lookups, by result',
      labelNames: ['cache', 'result'],
    }),
    pageReads: new Counter({
      name: 'parley_page_reads_total',
      help: 'Pages of history, by server (primary, replica) and reason; only with a replica',
      labelNames: ['server', 'reason'],
    }),
    statements: new Histogram({
      name: 'parley_database_statement_seconds',
      help: 'Duration of database statements, without the wait for a connection',
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    }),
    upkeep: new Histogram({
      name: 'parley_upkeep_seconds',
      help: 'Duration of upkeep tasks, by task and outcome (done, failed)',
      labelNames: ['task', 'outcome'],
      buckets: [0.01, 0.1, 1, 10, 60, 600, 3_600],
    }),
    storageErrors: new Counter({
      name: 'parley_storage_errors_total',
      help: 'Failed requests to the S3 store',
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
