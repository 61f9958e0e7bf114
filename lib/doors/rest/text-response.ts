/**
 * A Response that keeps its text for a server that writes it unchanged. Node turns the text of a usual Response into a stream,
 * which must then be read again. Here that happens only when the body is read.
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

  // biome-ignore lint/suspicious/noExplicitAny: the interface requires it
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
