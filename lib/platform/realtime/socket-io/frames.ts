import type { Io } from '@/lib/platform/realtime/io';

/** What Socket.IO's adapters have and their types hide (socket.io-adapter 2.5). */
interface Encoding {
  _encode(packet: unknown, options: { wsPreEncodedFrame?: Buffer[] }): unknown[];
}

/** Whether the adapter encodes a packet once and hands over its WebSocket frame as buffers. */
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
