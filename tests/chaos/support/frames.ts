/** Decides by its text whether a frame is dropped. */
export type Drops = (text: string) => boolean;

/**
 * Drops single frames that a server sends on a WebSocket, without breaking the connection. No network does that, but a faulty server or
 * bus may. Frames of servers are unmasked (RFC 6455, 5.2).
 */
export class FrameFilter {
  #held = Buffer.alloc(0);
  #upgraded = false;

  readonly #drops: () => Drops;

  constructor(drops: () => Drops) {
    this.#drops = drops;
  }

  /** @returns the bytes to pass on; an incomplete frame waits for the next chunk */
  push(chunk: Buffer): Buffer {
    this.#held = Buffer.concat([this.#held, chunk]);
    const out: Buffer[] = [];
    if (!this.#upgraded) {
      const end = this.#held.indexOf('\r\n\r\n');
      if (end < 0) return Buffer.alloc(0);
      out.push(this.#take(end + 4));
      this.#upgraded = true;
    }
    for (let size = this.#frameSize(); size !== null; size = this.#frameSize()) {
      const { head, all } = size;
      const frame = this.#take(all);
      if (!this.#drops()(frame.toString('utf8', head))) out.push(frame);
    }
    return Buffer.concat(out);
  }

  /** The first frame of the buffer; null while it is incomplete. */
  #frameSize(): { head: number; all: number } | null {
    if (this.#held.length < 2) return null;
    const short = this.#held.readUInt8(1) & 0x7f;
    const head = short === 127 ? 10 : short === 126 ? 4 : 2;
    if (this.#held.length < head) return null;
    const body = head === 10 ? Number(this.#held.readBigUInt64BE(2)) : head === 4 ? this.#held.readUInt16BE(2) : short;
    return this.#held.length < head + body ? null : { head, all: head + body };
  }

  #take(bytes: number): Buffer {
    const taken = this.#held.subarray(0, bytes);
    this.#held = this.#held.subarray(bytes);
    return taken;
  }
}
