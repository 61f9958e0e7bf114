import { Gauge, Histogram } from 'prom-client';
import { countOpenJobs, type OpenJobs } from '@/lib/platform/jobs/store';
import { log } from '@/lib/platform/log/log';
import { processSingleton } from '@/lib/platform/process/singleton';

/** The queue's metrics. The gauges are counted in the database at each scrape, so every node shows the same numbers. */
export const jobMetrics = () => processSingleton('job-metrics', createMetrics);

function createMetrics() {
  const jobs = new Gauge({
    name: 'parley_jobs',
    help: 'Jobs in the queue of all nodes, by kind and state (waiting, running, failed: parked)',
    labelNames: ['kind', 'state'],
    async collect() {
      const counts = await count();
      this.reset();
      for (const { kind, ...numbers } of counts)
        for (const state of ['waiting', 'running', 'failed'] as const) this.set({ kind, state }, numbers[state]);
    },
  });
  const oldest = new Gauge({
    name: 'parley_job_oldest_seconds',
    help: 'How long the oldest due job of a kind has been waiting',
    labelNames: ['kind'],
    async collect() {
      const counts = await count();
      this.reset();
      for (const { kind, oldestSeconds } of counts) this.set({ kind }, oldestSeconds);
    },
  });
  const seconds = new Histogram({
    name: 'parley_job_seconds',
    help: 'Duration of jobs on this node, by kind and outcome (done, failed, parked, handed_back, lost)',
    labelNames: ['kind', 'outcome'],
    buckets: [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 600, 3_600],
  });
  return { jobs, oldest, seconds };
}

let counting: Promise<OpenJobs[]> | null = null;

/** Gauges are collected at the same time, so they share one count. */
function count(): Promise<OpenJobs[]> {
  counting ??= countOpenJobs()
    .catch(unknown)
    .finally(() => {
      counting = null;
    });
  return counting;
}

/** While PostgreSQL is unreachable, the other metrics are needed most. */
function unknown(error: Error): OpenJobs[] {
  log().warn({ reason: error.message }, 'Jobs cannot be counted right now.');
  return [];
}
