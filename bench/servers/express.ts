import express from 'express';
import pg from 'pg';
import { sampleConversation, sampleMessage } from '@/bench/servers/sample';

/**
 * The baseline on Express 5, written like its documentation: one INSERT per message, one SELECT per page, and a file from disk. It has no
 * users and validates nothing. Sends `ready` when it listens.
 */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
await pool.query(
  'CREATE TABLE bench_rest (id uuid PRIMARY KEY, room text, seq bigserial, sender text, content text, at timestamptz DEFAULT now())',
);
await pool.query('CREATE INDEX ON bench_rest (room, seq)');

const app = express();
app.use(express.json());

app.post('/api/conversations/:id/messages', async (request, response) => {
  const message = sampleMessage({ conversationId: request.params.id, ...request.body }, 'sender', 1);
  await pool.query({
    name: 'insert',
    text: 'INSERT INTO bench_rest (id, room, sender, content) VALUES ($1, $2, $3, $4)',
    values: [message.id, message.conversationId, message.sender.id, message.content],
  });
  response.status(201).json({ message });
});

app.get('/api/conversations/:id/messages', async (request, response) => {
  const rows = await newest(request.params.id);
  const messages = rows.map((row) => ({ ...sampleMessage(inputOf(row), row.sender, Number(row.seq)), id: row.id }));
  response.json({ messages: messages.reverse(), prevCursor: rows[0]?.id, nextCursor: null, hasMore: true });
});

app.get('/api/conversations', async (_request, response) => {
  const rows = await newest('list');
  response.json({ conversations: rows.map((row) => sampleConversation(inputOf(row), row.sender)), nextCursor: null });
});

app.get('/api/uploads/:id', (_request, response) => response.sendFile(process.env.BENCH_FILE ?? ''));

interface Row {
  id: string;
  room: string;
  seq: string;
  sender: string;
  content: string;
}

const inputOf = ({ id, room, content }: Row) => ({ conversationId: room, clientMessageId: id, content });

async function newest(room: string): Promise<Row[]> {
  const { rows } = await pool.query<Row>({
    name: 'newest',
    text: 'SELECT id, room, seq, sender, content, at FROM bench_rest WHERE room = $1 ORDER BY seq DESC LIMIT 50',
    values: [room],
  });
  return rows;
}

app.listen(Number(process.env.PORT), '127.0.0.1', () => process.send?.('ready'));
