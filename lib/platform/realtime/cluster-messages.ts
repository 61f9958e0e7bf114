import { type ClusterMessage, MessageType } from 'socket.io-adapter';

/**
 * Whether it is something that a node of Parley writes. Another program may use the same Redis; and what the adapter is handed it
 * believes: a packet without a type would close the connection of everybody whom it reaches.
 */
export function isOfParley(message: ClusterMessage): boolean {
  if (message.type === MessageType.INITIAL_HEARTBEAT || message.type === MessageType.HEARTBEAT) return true;
  if (message.type === MessageType.ADAPTER_CLOSE) return true;
  const { packet, opts, rooms } = ((message as { data?: unknown }).data ?? {}) as Data;
  if (!areNames(opts?.rooms) || !areNames(opts?.except)) return false;
  switch (message.type) {
    case MessageType.BROADCAST:
      return packet?.type === eventPacket && Array.isArray(packet.data) && typeof packet.data[0] === 'string';
    case MessageType.SOCKETS_JOIN:
    case MessageType.SOCKETS_LEAVE:
      return areNames(rooms);
    default:
      return message.type === MessageType.DISCONNECT_SOCKETS;
  }
}

/** EVENT in Socket.IO's protocol 5. */
const eventPacket = 2;

interface Data {
  packet?: { type?: unknown; data?: unknown } | null;
  opts?: { rooms?: unknown; except?: unknown } | null;
  rooms?: unknown;
}

const areNames = (value: unknown) => Array.isArray(value) && value.every((name) => typeof name === 'string');
