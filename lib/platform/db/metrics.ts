import { Counter, Histogram } from 'prom-client';
import { processSingleton } from '@/lib/platform/process/singleton';

/** What is measured of the database. */
export const databaseMetrics = () => processSingleton('database metrics', create);

const create = () => ({
  statements: new Histogram({
    name: 'parley_database_statement_seconds',
    help: 'Duration of database statements, without the wait for a connection',
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
  }),
  pageReads: new Counter({
    name: 'parley_page_reads_total',
    help: 'Pages of history, by server (primary, replica) and reason; only with a replica',
    labelNames: ['server', 'reason'],
  }),
});
