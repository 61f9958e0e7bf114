import { Counter } from 'prom-client';
import { processSingleton } from '@/lib/platform/process/singleton';

/** What is measured of limits. */
export const limitMetrics = () => processSingleton('limit metrics', create);

const create = () => ({
  violations: new Counter({
    name: 'parley_limit_violations_total',
    help: 'Requests rejected by a rate or size limit',
    labelNames: ['kind'],
  }),
});
