import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { Bucket, S3Refusal } from '@/tests/support/s3-bucket';
import { type Answer, answerCall } from '@/tests/support/s3-calls';

const bucket = 'parley-files';
const credentials = { accessKeyId: 'parley-test', secretAccessKey: 'a-secret-of-the-tests' };

export interface TestStore {
  endpoint: string;
  bucket: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  /** Parley's environment variables for it */
  variables: Record<string, string>;
  /** unfinished multipart uploads */
  unfinished: () => string[];
  /** stored objects by name */
  objects: () => string[];
  /** From now on resets connections in the middle of requests that match, as `METHOD /path?query`; null stops it. */
  cutOff: (request: RegExp | null) => void;
  /** From now on answers matching requests with this error; null stops it. */
  answerInstead: (instead: { request: RegExp; answer: Answer } | null) => void;
  /** Stops listening. */
  down: () => Promise<void>;
  up: () => Promise<void>;
}

/**
 * An S3 store on loopback, written from the documentation without code of the client. It checks signatures and hashes strictly,
 * enforces the rules about parts, and paginates early. The packages on npm do not end or list multipart uploads,
 * do not paginate, and reject valid signatures.
 */
export async function startStore(): Promise<TestStore> {
  const held = new Bucket();
  let cut: RegExp | null = null;
  let instead: Parameters<TestStore['answerInstead']>[0] = null;
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    if (cut?.test(`${request.method} ${request.url}`)) return void request.once('data', () => request.destroy());
    const body = await buffer(request).catch(() => null);
    if (instead?.request.test(`${request.method} ${request.url}`)) return send(response, instead.answer);
    if (body) send(response, answerOrRefusal(held, request, body));
  };
  let server = await listen(listener, 0);
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    endpoint,
    bucket,
    credentials,
    variables: {
      S3_BUCKET: bucket,
      S3_ENDPOINT: endpoint,
      S3_ACCESS_KEY_ID: credentials.accessKeyId,
      S3_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
    unfinished: () => [...held.uploads.keys()],
    objects: () => [...held.objects.keys()].toSorted(),
    cutOff: (request) => {
      cut = request;
    },
    answerInstead: (next) => {
      instead = next;
    },
    down: () => close(server),
    up: async () => {
      server = await listen(listener, port);
    },
  };
}

function answerOrRefusal(held: Bucket, request: IncomingMessage, body: Buffer): Answer {
  try {
    return answerCall(held, bucket, credentials.secretAccessKey, request, body);
  } catch (error) {
    if (!(error instanceof S3Refusal)) throw error;
    const headers = { 'Content-Type': 'application/xml' };
    return { status: error.status, headers, body: `<Error><Code>${error.code}</Code><Message>${error.code}</Message></Error>` };
  }
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers).end(body);
}

async function listen(listener: (request: IncomingMessage, response: ServerResponse) => void, port: number): Promise<Server> {
  const server = createServer(listener).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
