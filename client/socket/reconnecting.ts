/**
 * How a browser comes back, in Socket.IO's own terms: a tenth of a second, doubled each time up to five seconds, each half more or
 * less. The first try comes within 150 ms: a node that stops hands its sockets to another one, a few at a time.
 */
export const reconnecting = { reconnectionDelay: 100, reconnectionDelayMax: 5_000, randomizationFactor: 0.5 } as const;
