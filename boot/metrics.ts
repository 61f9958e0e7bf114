import type { Server } from 'node:http';
import { collectDefaultMetrics, Gauge, Histogram, register } from 'prom-client';
import { messageMetrics } from '@/lib/domain/messages/metrics';
import { socketMetrics } from '@/lib/doors/sockets/metrics';
import { databaseMetrics } from '@/lib/platform/db/metrics';
import { pool } from '@/lib/platform/db/pool';
import { jobMetrics } from '@/lib/platform/jobs/metrics';
import { metrics } from '@/lib/platform/metrics/metrics';
import { processSingleton } from '@/lib/platform/process/singleton';
import { limitMetrics } from '@/lib/platform/rate-limits/metrics';
import { currentIo } from '@/lib/platform/realtime/io';
import { realtimeMetrics } from '@/lib/platform/realtime/metrics';
import { storageMetrics } from '@/lib/platform/storage/metrics';
import { upkeepMetrics } from '@/lib/platform/upkeep/metrics';

/** Created before the first scrape, so that what has not happened yet shows as 0. */
const all = [
  metrics,
  messageMetrics,
  socketMetrics,
  realtimeMetrics,
  databaseMetrics,
  storageMetrics,
  limitMetrics,
  jobMetrics,
  upkeepMetrics,
];

/** All metrics in Prometheus' text format. */
export async function metricsText(): Promise<{ body: string; contentType: string }> {
  instruments();
  return { body: await register.metrics(), contentType: register.contentType };
}

/** Counts and times the HTTP server's answers, except long polling of sockets, which waits by design. */
export function measureRequests(server: Server): void {
  const { requests } = instruments();
  server.on('request', (request, response) => {
    const kind = kindOf(request.url ?? '');
    if (!kind) return;
    const end = requests.startTimer({ kind, method: request.method ?? '' });
    response.once('close', () => end({ status: `${Math.floor(response.statusCode / 100)}xx` }));
  });
}

// Kinds instead of paths, because ids in labels would create a series each.
function kindOf(url: string): string | null {
  if (url.startsWith('/socket.io/')) return null;
  if (url.startsWith('/api/')) return 'api';
  return url.startsWith('/_next/') ? 'asset' : 'page';
}

const instruments = () =>
  processSingleton('request metrics', () => {
    collectDefaultMetrics();
    for (const create of all) create();
    new Gauge({
      name: 'parley_sockets',
      help: 'Connected sockets',
      collect() {
        this.set(currentIo()?.of('/').sockets.size ?? 0);
      },
    });
    new Gauge({
      name: 'parley_database_connections',
      help: 'Connections of the pool, and those who wait for one',
      labelNames: ['state'],
      collect() {
        const { totalCount, idleCount, waitingCount } = pool();
        this.set({ state: 'busy' }, totalCount - idleCount);
        this.set({ state: 'idle' }, idleCount);
        this.set({ state: 'waiting' }, waitingCount);
      },
    });
    const requests = new Histogram({
      name: 'parley_http_request_seconds',
      help: 'How long requests took',
      labelNames: ['kind', 'method', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    });
    return { requests };
  });
