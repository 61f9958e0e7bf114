/** Members of a `ws` connection that Engine.IO's types hide. */
export interface WebSocket {
  readyState: number;
  readonly OPEN: number;
  /** bytes that the kernel has not accepted yet */
  bufferedAmount: number;
  /** Writes an encoded frame, as Engine.IO itself does for broadcasts. */
  _sender: { sendFrame(frame: Buffer[]): void };
  pause(): void;
  resume(): void;
}

/** A connection's WebSocket; undefined while it polls. @param conn Engine.IO's socket */
export function webSocketOf(conn: unknown): WebSocket | undefined {
  const { transport } = conn as { transport: { name: string; socket?: WebSocket } };
  return transport.name === 'websocket' ? transport.socket : undefined;
}
