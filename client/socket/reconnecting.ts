/**
 * Socket.IO's reconnection settings: delays of 100 ms, doubled up to 5 s, with 50 % jitter. The first attempt comes within 150 ms,
 * because a stopping node hands its sockets over to another node a few at a time.
 */
export const reconnecting = { reconnectionDelay: 100, reconnectionDelayMax: 5_000, randomizationFactor: 0.5 } as const;
