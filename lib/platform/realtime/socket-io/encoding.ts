import type { Io } from '@/lib/platform/realtime/io';

/** A packet of Socket.IO's protocol 5, and what its servers and adapters encode it with (socket.io-parser 4.2). */
interface Packet {
  type: number;
  nsp: string;
  id?: number;
  data?: unknown;
}

interface Encoder {
  encode(packet: Packet): string[];
}

/** Whether Socket.IO's own encoder gives what encodeAsText() gives for an event, an ack and a namespace. */
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
 * Encodes what is sent as text without looking for bytes in it: Parley's events and answers are JSON alone, and Socket.IO searches each
 * of them, property by property, before it writes it.
 */
export function encodeAsText(io: Io): void {
  (io as unknown as { encoder: Encoder }).encoder.encode = (packet) => [encode(packet)];
}

function encode({ type, nsp, id, data }: Packet): string {
  const place = nsp === '/' ? '' : `${nsp},`;
  const content = data === undefined || data === null ? '' : JSON.stringify(data);
  return `${type}${place}${id ?? ''}${content}`;
}
