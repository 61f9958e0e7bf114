import { Histogram } from 'prom-client';
import { processSingleton } from '@/lib/platform/process/singleton';

/** What is measured of events to many sockets. */
export const realtimeMetrics = () => processSingleton('realtime metrics', create);

const create = () => ({
  fanOut: new Histogram({
    name: 'parley_fanout_sockets',
    help: 'Sockets of this node that received an event',
    labelNames: ['event'],
    buckets: [0, 1, 2, 5, 10, 50, 100, 500, 1_000, 5_000],
  }),
});
