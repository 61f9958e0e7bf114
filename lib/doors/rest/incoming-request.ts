import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { collectBody, hasBody, streamBody } from '@/lib/doors/rest/incoming-body';

/**
 * What Node received, as a Request. The parts that handlers use come straight from Node's message; a real Request, whose making copies
 * all headers and makes a stream and an abort signal, is made when anything else is asked of it.
 */
export function toRequest(incoming: IncomingMessage, outgoing: ServerResponse): Request {
  return new IncomingRequest(incoming, outgoing) as unknown as Request;
}

/** The same, seen as what toRequest made it of; undefined for a Request that came otherwise. */
export const asIncoming = (request: unknown): IncomingRequest | undefined =>
  request instanceof IncomingRequest ? request : undefined;

class IncomingRequest {
  readonly #incoming: IncomingMessage;
  readonly #outgoing: ServerResponse;
  readonly headers: Headers;
  #body: ReadableStream<Uint8Array> | undefined;
  #signal: AbortSignal | undefined;
  #real: Request | undefined;

  constructor(incoming: IncomingMessage, outgoing: ServerResponse) {
    this.#incoming = incoming;
    this.#outgoing = outgoing;
    this.headers = new IncomingHeaders(incoming.headers) as unknown as Headers;
  }

  get method(): string {
    return this.#incoming.method ?? 'GET';
  }

  /** Path and query. Its host says nothing: what a client wrote into Host is no more to be believed here than elsewhere. */
  get url(): string {
    return `http://localhost${this.#incoming.url}`;
  }

  get body(): ReadableStream<Uint8Array> | null {
    if (!hasBody(this.#incoming)) return null;
    this.#body ??= streamBody(this.#incoming);
    return this.#body;
  }

  /** All of the body; null as soon as it is longer than so many bytes, of which the rest is not read. */
  readWhole(most: number): Promise<Buffer | null> {
    return hasBody(this.#incoming) ? collectBody(this.#incoming, most) : Promise.resolve(Buffer.alloc(0));
  }

  /** Aborted when the client goes away before it is answered. */
  get signal(): AbortSignal {
    this.#signal ??= signalOf(this.#outgoing);
    return this.#signal;
  }

  real(): Request {
    const { url, method, body, signal } = this;
    this.#real ??= new Request(url, { method, headers: [...this.headers], body, signal, duplex: 'half' } as RequestInit);
    return this.#real;
  }
}

class IncomingHeaders {
  readonly #fields: IncomingHttpHeaders;
  #real: Headers | undefined;

  constructor(fields: IncomingHttpHeaders) {
    this.#fields = fields;
  }

  get(name: string): string | null {
    const key = name.toLowerCase();
    const value = Object.hasOwn(this.#fields, key) ? this.#fields[key] : undefined;
    return value === undefined ? null : typeof value === 'string' ? value : value.join(', ');
  }

  has(name: string): boolean {
    return this.get(name) !== null;
  }

  append(): never {
    throw new TypeError('The headers of a request that came in are read only.');
  }

  delete(): never {
    return this.append();
  }

  set(): never {
    return this.append();
  }

  real(): Headers {
    this.#real ??= new Headers(Object.entries(this.#fields).map(([name]) => [name, this.get(name) ?? '']));
    return this.#real;
  }
}

/** Gives a class the rest of an interface, each member of which is asked of the real object. */
function delegateRest(own: { real(): object }, whole: object): void {
  for (const key of Reflect.ownKeys(whole)) {
    if (key in own) continue;
    const isMethod = typeof Object.getOwnPropertyDescriptor(whole, key)?.value === 'function';
    const of = (self: typeof own) => self.real() as Record<PropertyKey, unknown>;
    Object.defineProperty(
      own,
      key,
      isMethod
        ? {
            value(this: typeof own, ...given: unknown[]) {
              return (of(this)[key] as (...given: unknown[]) => unknown)(...given);
            },
          }
        : {
            get(this: typeof own) {
              return of(this)[key];
            },
          },
    );
  }
}
delegateRest(IncomingRequest.prototype, Request.prototype);
delegateRest(IncomingHeaders.prototype, Headers.prototype);

function signalOf(outgoing: ServerResponse): AbortSignal {
  const controller = new AbortController();
  const abort = () => {
    if (!outgoing.writableFinished) controller.abort();
  };
  if (outgoing.destroyed) abort();
  else outgoing.once('close', abort);
  return controller.signal;
}
