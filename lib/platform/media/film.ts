import type { FileHandle } from 'node:fs/promises';
import { type Box, BoxReader, wholeFile } from '@/lib/platform/media/boxes';
import type { Read } from '@/lib/platform/media/reader';

/**
 * Blanks, in place, where a film or a recording of the MP4 family (ISO 14496-12, QuickTime, 3GPP) says that it was taken. No byte
 * moves, so that every offset in the file stays true, and nothing in `mdat`, the pictures and sounds themselves, is touched.
 */
export async function scrubFilm(handle: FileHandle, read: Read, size: number): Promise<void> {
  await new Scrubber(handle, read).scrub(wholeFile(size));
}

/** Boxes that hold others in which a position may stand. */
const holders = new Set(['moov', 'trak', 'moof', 'traf', 'udta']);

/**
 * What user data may say: titles, names, chapters, how to show it. Cameras put there whatever they like, so the rest goes: `©xyz`
 * (QuickTime, Android), `loci` (3GPP), and what each maker calls it.
 */
const harmless = new Set([
  ...['meta', 'uuid', 'free', 'skip', 'name', 'titl', 'auth', 'perf', 'gnre', 'albm', 'yrrc', 'cprt', 'dscp', 'rtng', 'clsf'],
  ...['kywd', 'coll', 'chpl', 'tsel', 'kind', 'strk', 'ludt', 'hnti', 'hinf', 'WLOC', 'LOOP', 'SelO', 'AllF', '\xa9nam'],
  ...['\xa9ART', '\xa9alb', '\xa9day', '\xa9cmt', '\xa9gen', '\xa9wrt', '\xa9trk', '\xa9too', '\xa9cpy', '\xa9des', '\xa9inf'],
  ...['\xa9prd', '\xa9prf', '\xa9src', '\xa9dir', '\xa9enc', '\xa9swr', '\xa9fmt', '\xa9mak', '\xa9mod', '\xa9lyr', '\xa9grp'],
]);

/** Names of values: `com.apple.quicktime.location.ISO6709` and its kin. */
const ofPlaces = /location|gps|iso.?6709|latitude|longitude|altitude|geo|direction/i;

/** Boxes that makers and Adobe named by a UUID: XMP and Sony's user data go, of Canon's the part with the position. */
const places = new Set(['be7acfcb97a942e89c71999491e3afac', '55534d5421d24fcebb88695cfac9c740']);
const canon = '85c0b687820f11e08111f4ce462b6a48';
const uuidBytes = 16;

const deepest = 8;
/** Longer than any name of a value, and any list of them. */
const longestName = 256 * 1024;

class Scrubber {
  readonly #handle: FileHandle;
  readonly #boxes: BoxReader;

  constructor(handle: FileHandle, read: Read) {
    this.#handle = handle;
    this.#boxes = new BoxReader(read);
  }

  async scrub(parent: Box, depth = 0): Promise<void> {
    if (depth > deepest) return;
    for await (const box of this.#boxes.inside(parent)) {
      if (box.type === 'meta') await this.#scrubMeta(box);
      else if (box.type === 'uuid') await this.#scrubNamed(box);
      else if (parent.type === 'udta' && !harmless.has(box.type)) await this.#blank(box);
      else if (holders.has(box.type)) await this.scrub(box, depth + 1);
    }
  }

  async #scrubNamed(box: Box): Promise<void> {
    if (box.end - box.content < uuidBytes) return;
    const uuid = (await this.#boxes.read(box.content, uuidBytes)).toString('hex');
    if (places.has(uuid)) return this.#blank(box);
    if (uuid !== canon) return;
    for await (const part of this.#boxes.inside(box, uuidBytes)) if (part.type === 'CMT4') await this.#blank(part);
  }

  /** Values by name (QuickTime), iTunes' tags, and XML, in which cameras of Sony say everything. */
  async #scrubMeta(meta: Box): Promise<void> {
    const head = await this.#boxes.read(meta.content, 12);
    // QuickTime's has no version and flags.
    const skipped = head.toString('latin1', 4, 8) === 'hdlr' ? 0 : 4;
    let keys: string[] = [];
    for await (const box of this.#boxes.inside(meta, skipped)) {
      if (box.type === 'keys') keys = await this.#keysIn(box);
      if (box.type === 'xml ' || box.type === 'bxml') await this.#blank(box);
      if (box.type === 'uuid') await this.#scrubNamed(box);
      if (box.type === 'ilst') await this.#scrubValues(box, keys);
    }
  }

  /** In the order in which the values refer to them, from 1 on. */
  async #keysIn(box: Box): Promise<string[]> {
    const keys = [''];
    for await (const key of this.#boxes.inside(box, 8)) keys.push(await this.#textOf(key));
    return keys;
  }

  async #scrubValues(list: Box, keys: string[]): Promise<void> {
    for await (const value of this.#boxes.inside(list)) {
      const name = keys[Buffer.from(value.type, 'latin1').readUInt32BE(0)] ?? '';
      if (value.type === '\xa9xyz' || ofPlaces.test(name) || (value.type === '----' && (await this.#isOfPlace(value))))
        await this.#blankValue(value);
    }
  }

  /** iTunes' own way to name a value: a box with its name beside the one with its content. */
  async #isOfPlace(value: Box): Promise<boolean> {
    for await (const part of this.#boxes.inside(value))
      if (part.type === 'name' && ofPlaces.test(await this.#textOf(part))) return true;
    return false;
  }

  async #blankValue(value: Box): Promise<void> {
    for await (const part of this.#boxes.inside(value))
      if (part.type === 'data') await this.#fill(Math.min(part.content + 8, part.end), part.end);
  }

  async #textOf({ content, end }: Box): Promise<string> {
    return (await this.#boxes.read(content, Math.min(end - content, longestName))).toString('latin1');
  }

  /** Free space, of the same size. */
  async #blank(box: Box): Promise<void> {
    await this.#fill(box.content, box.end);
    await this.#handle.write(Buffer.from('free', 'latin1'), 0, 4, box.start + 4);
  }

  async #fill(start: number, end: number): Promise<void> {
    const zeros = Buffer.alloc(Math.min(64 * 1024, end - start));
    for (let at = start; at < end; at += zeros.length) await this.#handle.write(zeros, 0, Math.min(zeros.length, end - at), at);
  }
}
