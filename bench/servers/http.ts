import { createReadStream } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { sampleConversation, sampleMessage } from '@/bench/servers/sample';

/** The baseline with plain `node:http` and JSON: no database, users or validation. Sends `ready` when it listens. */
const server = createServer(async (request, response) => {
  const { method, url = '' } = request;
  if (method === 'POST') {
    let text = '';
    for await (const chunk of request) text += chunk;
    answer(response, 201, { message: sampleMessage({ conversationId: 'room', ...JSON.parse(text) }, 'sender', 1) });
  } else if (url.includes('/messages')) {
    answer(response, 200, { messages: fifty(() => sampleMessage(input, 'sender', 1)), prevCursor: '', nextCursor: null });
  } else if (url.includes('/uploads/')) createReadStream(process.env.BENCH_FILE ?? '').pipe(response);
  else answer(response, 200, { conversations: fifty(() => sampleConversation(input, 'sender')), nextCursor: null });
});

const input = { conversationId: crypto.randomUUID(), clientMessageId: crypto.randomUUID(), content: 'x'.repeat(100) };

const fifty = <Value>(make: () => Value) => Array.from({ length: 50 }, make);

function answer(response: ServerResponse, status: number, data: object): void {
  const text = JSON.stringify(data);
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}

server.listen(Number(process.env.PORT), '127.0.0.1', () => process.send?.('ready'));
