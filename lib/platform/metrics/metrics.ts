import { Counter, Gauge, Histogram } from 'prom-client';
import { processSingleton } from '@/lib/platform/process/singleton';

// Names follow Prometheus: what is counted ends in _total, times are in seconds. Labels have few values, all of them known
// beforehand: an id in a label would make a series for each.

/** What Parley counts and times of itself. `/api/metrics` shows it. */
export const measured = () => processSingleton('measured', createMetrics);

// biome-ignore lint/complexity/noExcessiveLinesPerFunction: a table, one entry a metric.
function createMetrics() {
  return {
    messages: new Counter({
      name: 'parley_messages_total',
      help: 'Messages that a commit was asked to store: stored, again (a retry of one that was), refused',
      labelNames: ['outcome'],
    }),
    commit: new Histogram({
      name: 'parley_commit_seconds',
      help: 'How long commits of messages took',
      labelNames: ['outcome'],
      buckets: [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    }),
    batch: new Histogram({
      name: 'parley_commit_messages',
      help: 'Messages a commit',
      buckets: [1, 2, 5, 10, 20, 50, 100, 200],
    }),
    asks: new Histogram({
      name: 'parley_socket_event_seconds',
      help: 'From the arrival of what a socket asks to its ack',
      labelNames: ['event'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    }),
    acks: new Counter({
      name: 'parley_acks_total',
      help: 'What sockets were answered: ok, or the code of the error',
      labelNames: ['code'],
    }),
    fanOut: new Histogram({
      name: 'parley_fanout_sockets',
      help: 'Sockets of this node that an event was sent to',
      labelNames: ['event'],
      buckets: [0, 1, 2, 5, 10, 50, 100, 500, 1_000, 5_000],
    }),
    connections: new Counter({ name: 'parley_socket_connections_total', help: 'Sockets that connected and signed in' }),
    disconnections: new Counter({
      name: 'parley_socket_disconnections_total',
      help: 'Sockets that went, and why',
      labelNames: ['reason'],
    }),
    errors: new Counter({
      name: 'parley_errors_total',
      help: 'Errors that were answered, by code and door (rest, socket)',
      labelNames: ['door', 'code'],
    }),
    faults: new Counter({
      name: 'parley_faults_total',
      help: 'Errors that nobody foresaw: each is in the log',
      labelNames: ['door'],
    }),
    violations: new Counter({
      name: 'parley_limit_violations_total',
      help: 'What was refused because it was too much at once',
      labelNames: ['kind'],
    }),
    cache: new Counter({
      name: 'parley_cache_requests_total',
      help: 'Questions to a cache, and whether it knew',
      labelNames: ['cache', 'result'],
    }),
    pageReads: new Counter({
      name: 'parley_page_reads_total',
      help: 'Pages of history by who answered, and why: only where there is a replica to ask',
      labelNames: ['server', 'reason'],
    }),
    statements: new Histogram({
      name: 'parley_database_statement_seconds',
      help: 'How long statements took, without the wait for a connection',
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    }),
    jobs: new Histogram({
      name: 'parley_job_seconds',
      help: 'How long the upkeep took, by job: done or failed',
      labelNames: ['job', 'outcome'],
      buckets: [0.01, 0.1, 1, 10, 60, 600, 3_600],
    }),
    storageErrors: new Counter({
      name: 'parley_storage_errors_total',
      help: 'What the S3 store did not do',
    }),
    queues: new Gauge({
      name: 'parley_queue_depth',
      help: 'What waits, or is under way, by queue',
      labelNames: ['queue'],
      collect() {
        for (const [queue, depth] of queues()) this.set({ queue }, depth());
      },
    }),
  };
}

const queues = () => processSingleton('queues', () => new Map<string, () => number>());

/** Shows how much is in a queue whenever somebody looks. */
export function watchQueue(name: string, depth: () => number): void {
  queues().set(name, depth);
}
