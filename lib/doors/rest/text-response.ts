/**
 * A Response that keeps the text it was made of, for a server that writes it out as it is. Of a common one Node makes a stream, which it
 * reads again for whoever wants the text; here that happens only when somebody reads the body.
 */
export class TextResponse extends Response {
  readonly content: string;
  #read: Response | undefined;

  constructor(content: string, init: ResponseInit) {
    super(null, init);
    this.content = content;
  }

  override get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    return this.#asRead().body;
  }

  override get bodyUsed(): boolean {
    return this.#read?.bodyUsed ?? false;
  }

  override text(): Promise<string> {
    return this.#asRead().text();
  }

  // biome-ignore lint/suspicious/noExplicitAny: as the interface has it
  override json(): Promise<any> {
    return this.#asRead().json();
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    return this.#asRead().arrayBuffer();
  }

  override blob(): Promise<Blob> {
    return this.#asRead().blob();
  }

  override bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#asRead().bytes();
  }

  override formData(): Promise<FormData> {
    return this.#asRead().formData();
  }

  override clone(): Response {
    return new TextResponse(this.content, { status: this.status, headers: this.headers });
  }

  #asRead(): Response {
    this.#read ??= new Response(this.content, { status: this.status, headers: this.headers });
    return this.#read;
  }
}
