import { createServer, type Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { io as connect, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { log } from '@/lib/platform/log/log';
import type { Io } from '@/lib/platform/realtime/io';
import { patchSocketIo } from '@/lib/platform/realtime/socket-io/internals';

let httpServer: HttpServer;
let server: Server;
let client: Socket;
const warnings = vi.spyOn(log(), 'warn').mockImplementation(() => {});

beforeEach(() => {
  warnings.mockClear();
  httpServer = createServer();
  server = new Server(httpServer);
});

afterEach(async () => {
  client.disconnect();
  await server.close();
});

interface Inside {
  encoder: { encode: (packet: unknown) => unknown };
}

/** The packets that a client receives of a broadcast and of an answer. */
async function received(): Promise<unknown[]> {
  server.on('connection', (socket) => {
    socket.on('request', (answer: (value: unknown) => void) => {
      server.emit('event', { value: 'ü' });
      answer({ ok: true });
    });
  });
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  client = connect(`http://127.0.0.1:${(httpServer.address() as { port: number }).port}`, { transports: ['websocket'] });
  const event = new Promise((resolve) => client.on('event', resolve));
  return [await client.emitWithAck('request'), await event];
}

const all = [{ ok: true }, { value: 'ü' }];
const inside = () => server as unknown as Inside;

test('the installed Socket.IO takes every change', async () => {
  const before = inside().encoder.encode;
  patchSocketIo(server as Io);
  expect(inside().encoder.encode).not.toBe(before);
  expect(await received()).toEqual(all);
  expect(warnings).not.toHaveBeenCalled();
});

test('an encoder with another format stays, with a warning', async () => {
  const { encoder } = inside();
  const { encode } = encoder;
  const other = (packet: unknown) => {
    const [first, ...rest] = encode.call(encoder, packet) as string[];
    // JSON with a blank is valid, but not what the patched encoder sends.
    return [first?.replace(',{', ', {'), ...rest];
  };
  encoder.encode = other;
  patchSocketIo(server as Io);
  expect(inside().encoder.encode).toBe(other);
  expect(await received()).toEqual(all);
  expect(warnings.mock.calls.map(([details]) => details)).toEqual([{ patch: 'encoding' }]);
});

test('an adapter without frames keeps its own encoding, with a warning', async () => {
  const adapter = server.of('/').adapter as unknown as { _encode: unknown; encoder: Inside['encoder'] };
  const own = function plain(this: typeof adapter, packet: unknown) {
    return this.encoder.encode(packet);
  };
  adapter._encode = own;
  patchSocketIo(server as Io);
  expect(adapter._encode).toBe(own);
  expect(await received()).toEqual(all);
  expect(warnings.mock.calls.map(([details]) => details)).toEqual([{ patch: 'frames' }]);
});

test('connections with other internals are left to the engine, with one warning', async () => {
  server.on('connection', (socket) => {
    const { conn } = socket as unknown as { conn: { writeBuffer: unknown } };
    Object.defineProperty(socket.client, 'conn', { value: new Proxy(conn, { get: hideBuffer }) });
  });
  patchSocketIo(server as Io);
  expect(await received()).toEqual(all);
  expect(warnings.mock.calls.map(([details]) => details)).toEqual([{ patch: 'delivery' }]);
});

function hideBuffer(target: object, name: string | symbol): unknown {
  if (name === 'writeBuffer') return undefined;
  const value = Reflect.get(target, name);
  return typeof value === 'function' ? value.bind(target) : value;
}
