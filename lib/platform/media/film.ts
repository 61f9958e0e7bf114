import type { FileHandle } from 'node:fs/promises';
import { type Box, BoxReader, wholeFile } from '@/lib/platform/media/boxes';
import type { Read } from '@/lib/platform/media/reader';

/**
 * Overwrites, in place, the recording location in a file of the MP4 family (ISO 14496-12, QuickTime, 3GPP). No byte moves, so all
 * offsets stay valid, and the media data in `mdat` is unchanged.
 */
export async function scrubFilm(handle: FileHandle, read: Read, size: number): Promise<void> {
  await new Scrubber(handle, read).scrub(wholeFile(size));
}

/** Container boxes whose children may contain a location. */
const containers = new Set(['moov', 'trak', 'moof', 'traf', 'udta']);

/**
 * User data that is kept: titles, names, chapters, display settings. Cameras store the location under many names (`©xyz` of QuickTime
 * and Android, `loci` of 3GPP, vendor-specific ones), so everything else is removed.
 */
const keptUserData = new Set([
  ...['meta', 'uuid', 'free', 'skip', 'name', 'titl', 'auth', 'perf', 'gnre', 'albm', 'yrrc', 'cprt', 'dscp', 'rtng', 'clsf'],
  ...['kywd', 'coll', 'chpl', 'tsel', 'kind', 'strk', 'ludt', 'hnti', 'hinf', 'WLOC', 'LOOP', 'SelO', 'AllF', '\xa9nam'],
  ...['\xa9ART', '\xa9alb', '\xa9day', '\xa9cmt', '\xa9gen', '\xa9wrt', '\xa9trk', '\xa9too', '\xa9cpy', '\xa9des', '\xa9inf'],
  ...['\xa9prd', '\xa9prf', '\xa9src', '\xa9dir', '\xa9enc', '\xa9swr', '\xa9fmt', '\xa9mak', '\xa9mod', '\xa9lyr', '\xa9grp'],
]);

/** Names of values with a location, such as `com.apple.quicktime.location.ISO6709`. */
const locationName = /location|gps|iso.?6709|latitude|longitude|altitude|geo|direction/i;

/** Boxes that are named by a UUID: XMP and Sony's user data are removed, of Canon's box only the part with the location. */
const locationUuids = new Set(['be7acfcb97a942e89c71999491e3afac', '55534d5421d24fcebb88695cfac9c740']);
const canonUuid = '85c0b687820f11e08111f4ce462b6a48';
const uuidBytes = 16;

const maxDepth = 8;
/** Longer than any legitimate name of a value. */
const maxNameLength = 256 * 1024;

class Scrubber {
  readonly #handle: FileHandle;
  readonly #boxes: BoxReader;

  constructor(handle: FileHandle, read: Read) {
    this.#handle = handle;
    this.#boxes = new BoxReader(read);
  }

  async scrub(parent: Box, depth = 0): Promise<void> {
    if (depth > maxDepth) return;
    for await (const box of this.#boxes.inside(parent)) {
      if (box.type === 'meta') await this.#scrubMeta(box);
      else if (box.type === 'uuid') await this.#scrubNamed(box);
      else if (parent.type === 'udta' && !keptUserData.has(box.type)) await this.#blank(box);
      else if (containers.has(box.type)) await this.scrub(box, depth + 1);
    }
  }

  async #scrubNamed(box: Box): Promise<void> {
    if (box.end - box.content < uuidBytes) return;
    const uuid = (await this.#boxes.read(box.content, uuidBytes)).toString('hex');
    if (locationUuids.has(uuid)) return this.#blank(box);
    if (uuid !== canonUuid) return;
    for await (const part of this.#boxes.inside(box, uuidBytes)) if (part.type === 'CMT4') await this.#blank(part);
  }

  /** Handles named values (QuickTime), iTunes tags, and XML, in which Sony cameras store all metadata. */
  async #scrubMeta(meta: Box): Promise<void> {
    const head = await this.#boxes.read(meta.content, 12);
    // QuickTime's `meta` box has no version and flags.
    const skipped = head.toString('latin1', 4, 8) === 'hdlr' ? 0 : 4;
    let keys: string[] = [];
    for await (const box of this.#boxes.inside(meta, skipped)) {
      if (box.type === 'keys') keys = await this.#keysIn(box);
      if (box.type === 'xml ' || box.type === 'bxml') await this.#blank(box);
      if (box.type === 'uuid') await this.#scrubNamed(box);
      if (box.type === 'ilst') await this.#scrubValues(box, keys);
    }
  }

  /** The names of values, by the index that values refer to, which starts at 1. */
  async #keysIn(box: Box): Promise<string[]> {
    const keys = [''];
    for await (const key of this.#boxes.inside(box, 8)) keys.push(await this.#textOf(key));
    return keys;
  }

  async #scrubValues(list: Box, keys: string[]): Promise<void> {
    for await (const value of this.#boxes.inside(list)) {
      const name = keys[Buffer.from(value.type, 'latin1').readUInt32BE(0)] ?? '';
      if (value.type === '\xa9xyz' || locationName.test(name) || (value.type === '----' && (await this.#isLocation(value))))
        await this.#blankValue(value);
    }
  }

  /** iTunes names a value by a `name` box next to its `data` box. */
  async #isLocation(value: Box): Promise<boolean> {
    for await (const part of this.#boxes.inside(value))
      if (part.type === 'name' && locationName.test(await this.#textOf(part))) return true;
    return false;
  }

  async #blankValue(value: Box): Promise<void> {
    for await (const part of this.#boxes.inside(value))
      if (part.type === 'data') await this.#fill(Math.min(part.content + 8, part.end), part.end);
  }

  async #textOf({ content, end }: Box): Promise<string> {
    return (await this.#boxes.read(content, Math.min(end - content, maxNameLength))).toString('latin1');
  }

  /** Turns a box into free space of the same size. */
  async #blank(box: Box): Promise<void> {
    await this.#fill(box.content, box.end);
    await this.#handle.write(Buffer.from('free', 'latin1'), 0, 4, box.start + 4);
  }

  async #fill(start: number, end: number): Promise<void> {
    const zeros = Buffer.alloc(Math.min(64 * 1024, end - start));
    for (let at = start; at < end; at += zeros.length) await this.#handle.write(zeros, 0, Math.min(zeros.length, end - at), at);
  }
}
