import { Histogram } from 'prom-client';
import { processSingleton } from '@/lib/platform/process/singleton';

/** What is measured of the regular upkeep. */
export const upkeepMetrics = () => processSingleton('upkeep metrics', create);

const create = () => ({
  upkeep: new Histogram({
    name: 'parley_upkeep_seconds',
    help: 'Duration of upkeep tasks, by task and outcome (done, failed)',
    labelNames: ['task', 'outcome'],
    buckets: [0.01, 0.1, 1, 10, 60, 600, 3_600],
  }),
});
