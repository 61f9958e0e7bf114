import type { Io } from '@/lib/platform/realtime/io';

/** Members of Socket.IO's adapters that their types hide (socket.io-adapter 2.5). */
interface Encoding {
  _encode(packet: unknown, options: { wsPreEncodedFrame?: Buffer[] }): unknown[];
}

/** Whether the adapter encodes a packet once, and passes its WebSocket frame on as buffers. */
export function hasFrameEncoder(io: Io): boolean {
  const options: { wsPreEncodedFrame?: Buffer[] } = {};
  const packets = (io.of('/').adapter as unknown as Encoding)._encode({ type: 2, nsp: '/', data: ['name'] }, options);
  const text = Buffer.from('42["name"]');
  return (
    packets.length === 1 &&
    Buffer.concat(options.wsPreEncodedFrame ?? [])
      .subarray(-text.length)
      .equals(text)
  );
}

/**
 * Joins a broadcast's WebSocket frame into one buffer. Socket.IO encodes it once for all recipients, but as header and payload,
 * and each part is a write to each connection's stream.
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
