import type { IncomingMessage } from 'node:http';

/** Maximum bytes that are read ahead of the consumer. */
const readAhead = 64 * 1024;

/** A GET or HEAD has no body, whatever its headers say. */
export const hasBody = ({ method, headers }: IncomingMessage) =>
  method !== 'GET' &&
  method !== 'HEAD' &&
  (headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0);

/**
 * Reads a whole body without a stream, which would cost more than the rest of a small request.
 * @returns null over the limit
 */
export function collectBody(incoming: IncomingMessage, most: number): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const stop = listen(incoming, {
      data: (chunk) => {
        size += chunk.byteLength;
        chunks.push(chunk);
        if (size <= most) return;
        stop();
        resolve(null);
      },
      end: () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)),
      broken: reject,
    });
  });
}

/** A body as a stream, which is read no faster than it is consumed. */
export function streamBody(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  let stop = () => {};
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        stop = listen(incoming, {
          data: (chunk) => {
            controller.enqueue(chunk);
            if ((controller.desiredSize ?? 0) <= 0) incoming.pause();
          },
          end: () => controller.close(),
          broken: (reason) => controller.error(reason),
        });
        incoming.pause();
      },
      pull() {
        incoming.resume();
      },
      cancel() {
        stop();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: readAhead }),
  );
}

interface BodyListener {
  data: (chunk: Buffer) => void;
  end: () => void;
  /** the body will not be complete */
  broken: (reason: Error) => void;
}

/** @returns a function that stops reading and leaves the connection open, because the answer is still to be written */
function listen(incoming: IncomingMessage, listener: BodyListener): () => void {
  const end = () => {
    stop();
    listener.end();
  };
  const broken = (reason?: Error) => {
    stop();
    listener.broken(reason ?? new Error('The request was cut off.'));
  };
  const stop = () => {
    incoming.off('data', listener.data).off('end', end).off('error', broken).off('close', broken).pause();
  };
  if (incoming.destroyed) listener.broken(new Error('The request was cut off.'));
  else incoming.on('data', listener.data).on('end', end).on('error', broken).on('close', broken);
  return stop;
}
