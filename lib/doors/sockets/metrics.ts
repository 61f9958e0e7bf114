import { Counter, Histogram } from 'prom-client';
import { processSingleton } from '@/lib/platform/process/singleton';

/** What is measured of sockets and their requests. */
export const socketMetrics = () => processSingleton('socket metrics', create);

const create = () => ({
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
  connections: new Counter({ name: 'parley_socket_connections_total', help: 'Sockets that connected and signed in' }),
  disconnections: new Counter({
    name: 'parley_socket_disconnections_total',
    help: 'Sockets that disconnected, by reason',
    labelNames: ['reason'],
  }),
});
