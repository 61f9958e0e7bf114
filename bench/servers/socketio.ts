import { createServer } from 'node:http';
import pg from 'pg';
import { Server } from 'socket.io';
import { type SampleInput, sampleMessage } from '@/bench/servers/sample';

/**
 * The baselines on Socket.IO 4.8, written like the chat in its documentation: join the rooms, broadcast, ack. With DATABASE_URL each
 * message is stored by one INSERT before its broadcast, otherwise not at all. Sends `ready` when it listens.
 */
const pool = process.env.DATABASE_URL ? new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 }) : null;
await pool?.query(
  'CREATE TABLE IF NOT EXISTS bench_insert (id uuid PRIMARY KEY, room text, seq bigserial, sender text, content text)',
);

const httpServer = createServer();
const io = new Server(httpServer, { serveClient: false });
const lastSeq = new Map<string, number>();

io.on('connection', (socket) => {
  const { userId, rooms } = socket.handshake.auth as { userId: string; rooms: string[] };
  socket.join(rooms);
  socket.on('message.send', async (input: SampleInput, ack: (answer: object) => void) => {
    const seq = (lastSeq.get(input.conversationId) ?? 0) + 1;
    lastSeq.set(input.conversationId, seq);
    const message = sampleMessage(input, userId, seq);
    if (pool)
      await pool.query({
        name: 'insert',
        text: 'INSERT INTO bench_insert (id, room, sender, content) VALUES ($1, $2, $3, $4)',
        values: [message.id, input.conversationId, userId, input.content],
      });
    io.to(input.conversationId).emit('message.received', { conversationId: input.conversationId, messages: [message] });
    const { clientMessageId } = input;
    ack({
      ok: true,
      data: { clientMessageId, messageId: message.id, seq, rev: seq, createdAt: message.createdAt, status: 'sent' },
    });
  });
});

httpServer.listen(Number(process.env.PORT), '127.0.0.1', () => process.send?.('ready'));
