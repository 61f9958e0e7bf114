import type { Io } from '@/lib/platform/realtime/io';

/** What Socket.IO's adapters have and their types hide (socket.io-adapter 2.5). */
interface Encoding {
  _encode(packet: unknown, options: { wsPreEncodedFrame?: Buffer[] }): unknown[];
}

/**
 * Makes the WebSocket frame of a broadcast one buffer. Socket.IO builds it once for all who get it, but as header and payload,
 * and each of the two is a write to the stream of each connection.
 */
export function joinFrames(io: Io): void {
  const adapter = io.of('/').adapter as unknown as Encoding;
  const encode = adapter._encode;
  adapter._encode = function joined(packet, options) {
    const packets = encode.call(adapter, packet, options);
    const frame = options.wsPreEncodedFrame;
    if (frame && frame.length > 1) options.wsPreEncodedFrame = [Buffer.concat(frame)];
    return packets;
  };
}
