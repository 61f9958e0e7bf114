import sharp, { type Exif } from 'sharp';

/** A request like that of a browser's form. */
export function formRequest(
  content: Uint8Array | string,
  name = 'file.bin',
  field = 'file',
  type = 'application/octet-stream',
): Request {
  const form = new FormData();
  form.append(field, new Blob([content as BlobPart], { type }), name);
  return new Request('http://parley.test/api/uploads', { method: 'POST', body: form });
}

/** A request with exactly these bytes as its body. */
export function rawRequest(body: BodyInit, contentType = 'multipart/form-data; boundary=x', headers = {}): Request {
  return new Request('http://parley.test/api/uploads', {
    method: 'POST',
    body,
    headers: { 'content-type': contentType, ...headers },
    duplex: 'half',
  } as RequestInit);
}

/** One part of a form with the boundary `x`. */
export const part = (disposition: string, content: string) =>
  `--x\r\nContent-Disposition: form-data; ${disposition}\r\nContent-Type: application/octet-stream\r\n\r\n${content}\r\n`;

const somewhere: Exif = {
  IFD0: { Make: 'Parley', Model: 'Test camera' },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 12/1', GPSLongitudeRef: 'E', GPSLongitude: '13/1 24/1 18/1' },
};

const xmp = `<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="52,31.2N"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

/** A photo of 300 x 200 stored pixels, with a GPS position and a rotation by 90 degrees. */
export function photo(format: 'jpeg' | 'png' | 'webp' | 'avif', orientation = 6): Promise<Buffer> {
  return sharp({
    create: { width: 300, height: 200, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 30 }, background: 'red' },
  })
    .withExif(somewhere)
    .withXmp(xmp)
    .withMetadata({ orientation })
    .toFormat(format, { quality: 80 })
    .toBuffer();
}

/** A PNG of one colour. */
export const flat = (width: number, height: number, background: string) =>
  sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();

/** The tags of EXIF's GPS block as `<tag>` numbers; sharp writes little-endian. */
export function gpsOf(exif: Buffer): number[] {
  const base = exif.indexOf('II*\0', 0, 'latin1');
  const tags = (at: number) => Array.from({ length: exif.readUInt16LE(at) }, (_, index) => at + 2 + index * 12);
  const pointer = tags(base + exif.readUInt32LE(base + 4)).find((at) => exif.readUInt16LE(at) === 0x8825);
  return pointer === undefined ? [] : tags(base + exif.readUInt32LE(pointer + 8)).map((at) => exif.readUInt16LE(at));
}

/** The headers of a part with a file. */
export const asFile = 'name="file"; filename="a.txt"';
