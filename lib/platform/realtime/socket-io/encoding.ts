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

/**
 * Encodes what is sent as text without looking for bytes in it: Parley's events and answers are JSON alone, and Socket.IO searches each
 * of them, property by property, before it writes it.
 */
export function encodeAsText(io: Io): void {
  (io as unknown as { encoder: Encoder }).encoder.encode = ({ type, nsp, id, data }) => {
    const place = nsp === '/' ? '' : `${nsp},`;
    const content = data === undefined || data === null ? '' : JSON.stringify(data);
    return [`${type}${place}${id ?? ''}${content}`];
  };
}
