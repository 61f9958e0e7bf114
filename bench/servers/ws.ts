import { type WebSocket, WebSocketServer } from 'ws';
import { type SampleInput, sampleMessage } from '@/bench/servers/sample';

/**
 * The baseline without Socket.IO: plain `ws` with just enough of Engine.IO's and Socket.IO's framing for the same load generator. A
 * broadcast is serialized once and sent to each socket.
 */
const server = new WebSocketServer({ port: Number(process.env.PORT), host: '127.0.0.1', perMessageDeflate: false });
const rooms = new Map<string, Set<WebSocket>>();
const lastSeq = new Map<string, number>();

server.on('connection', (socket) => {
  let userId = '';
  socket.send('0{"sid":"x","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}');
  socket.on('message', (data: Buffer) => {
    const text = data.toString();
    if (text.startsWith('40')) {
      const auth = JSON.parse(text.slice(2)) as { userId: string; rooms: string[] };
      userId = auth.userId;
      for (const room of auth.rooms) rooms.set(room, (rooms.get(room) ?? new Set()).add(socket));
      socket.send('40{"sid":"x"}');
    } else if (text.startsWith('42')) answer(socket, userId, text);
  });
  socket.on('close', () => {
    for (const members of rooms.values()) members.delete(socket);
  });
});

function answer(socket: WebSocket, userId: string, text: string): void {
  const bracket = text.indexOf('[');
  const [, input] = JSON.parse(text.slice(bracket)) as [string, SampleInput];
  const seq = (lastSeq.get(input.conversationId) ?? 0) + 1;
  lastSeq.set(input.conversationId, seq);
  const message = sampleMessage(input, userId, seq);
  const frame = `42["message.received",${JSON.stringify({ conversationId: input.conversationId, messages: [message] })}]`;
  for (const member of rooms.get(input.conversationId) ?? []) member.send(frame);
  const data = {
    clientMessageId: input.clientMessageId,
    messageId: message.id,
    seq,
    rev: seq,
    createdAt: message.createdAt,
    status: 'sent',
  };
  socket.send(`43${text.slice(2, bracket)}[${JSON.stringify({ ok: true, data })}]`);
}

server.on('listening', () => process.send?.('ready'));
