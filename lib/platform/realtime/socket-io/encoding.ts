import type { Io } from '@/lib/platform/realtime/io';

/** A packet of Socket.IO's protocol 5, and the encoder of its servers and adapters (socket.io-parser 4.2). */
interface Packet {
  type: number;
  nsp: string;
  id?: number;
  data?: unknown;
}

interface Encoder {
  encode(packet: Packet): string[];
}

/** Whether Socket.IO's own encoder has the same results as encodeAsText() for an event, an ack and a namespace. */
export function hasTextEncoder(io: Io): boolean {
  const samples: Packet[] = [
    { type: 2, nsp: '/', data: ['name', { value: 'ü' }] },
    { type: 3, nsp: '/', id: 7, data: [{ ok: true }] },
    { type: 1, nsp: '/other' },
  ];
  const { encoder } = io as unknown as { encoder: Encoder };
  return samples.every((packet) => JSON.stringify(encoder.encode(packet)) === JSON.stringify([encode(packet)]));
}

/**
 * Encodes packets as text without a search for binary data: Parley's events and acks are only JSON, but Socket.IO searches each
 * of them, property by property.
 */
export function encodeAsText(io: Io): void {
  (io as unknown as { encoder: Encoder }).encoder.encode = (packet) => [encode(packet)];
}

function encode({ type, nsp, id, data }: Packet): string {
  const place = nsp === '/' ? '' : `${nsp},`;
  const content = data === undefined || data === null ? '' : JSON.stringify(data);
  return `${type}${place}${id ?? ''}${content}`;
}
