/** What `ws` has of a connection, and Engine.IO's types do not show. */
export interface WebSocket {
  readyState: number;
  readonly OPEN: number;
  /** bytes that the kernel has not taken yet */
  bufferedAmount: number;
  /** Writes a frame that is made already: what Engine.IO itself does with a broadcast's. */
  _sender: { sendFrame(frame: Buffer[]): void };
  pause(): void;
  resume(): void;
}

/** A connection's WebSocket; undefined while it polls. @param conn Engine.IO's socket */
export function webSocketOf(conn: unknown): WebSocket | undefined {
  const { transport } = conn as { transport: { name: string; socket?: WebSocket } };
  return transport.name === 'websocket' ? transport.socket : undefined;
}
