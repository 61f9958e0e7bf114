import { Counter } from 'prom-client';
import { processSingleton } from '@/lib/platform/process/singleton';

/** What is measured of the file store. */
export const storageMetrics = () => processSingleton('storage metrics', create);

const create = () => ({
  storageErrors: new Counter({
    name: 'parley_storage_errors_total',
    help: 'Failed requests to the S3 store',
  }),
});
