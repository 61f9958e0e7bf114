import { Counter, Histogram } from 'prom-client';
import { processSingleton } from '@/lib/platform/process/singleton';

/** What is measured of commits. */
export const messageMetrics = () => processSingleton('message metrics', create);

const create = () => ({
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
});
