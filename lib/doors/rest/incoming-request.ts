import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { collectBody, hasBody, streamBody } from '@/lib/doors/rest/incoming-body';

/**
 * Node's request as a Request. The parts that handlers use are read directly from Node's message. For any other part a real
 * Request is created, which copies all headers and creates a stream and an abort signal.
 */
export function toRequest(incoming: IncomingMessage, outgoing: ServerResponse): Request {
  return new IncomingRequest(incoming, outgoing) as unknown as Request;
}

/** The request that toRequest created; undefined for any other Request. */
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

  /** Path and query. The host is meaningless: the Host header is as untrusted here as elsewhere. */
  get url(): string {
    return `http://localhost${this.#incoming.url}`;
  }

  get body(): ReadableStream<Uint8Array> | null {
    if (!hasBody(this.#incoming)) return null;
    this.#body ??= streamBody(this.#incoming);
    return this.#body;
  }

  /**
   * Reads the whole body.
   * @returns null as soon as it exceeds the limit; the rest is not read
   */
  readWhole(most: number): Promise<Buffer | null> {
    return hasBody(this.#incoming) ? collectBody(this.#incoming, most) : Promise.resolve(Buffer.alloc(0));
  }

  /** Aborted when the client disconnects before the answer. */
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

/** Adds the other members of an interface to a class; each is delegated to the real object. */
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
