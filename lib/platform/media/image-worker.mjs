import sharp from 'sharp';
// biome-ignore lint/style/noRestrictedImports: Node runs this file as it is, without the paths of tsconfig.json.
import { decodeHeic } from './heic.mjs';

// Runs in a worker process (lib/platform/workers/worker.mjs). Files are untrusted, so they are decoded in a process without secrets that
// can be killed.

// An allow list of decoders. libvips supports many more formats, among them SVG, which can contain scripts and references.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif', 'Tiff'].map((kind) => `VipsForeignLoad${kind}File`),
});
sharp.cache(false);

/** Pixels: twice the timeline's maximum of 480 x 320, for high-density screens. */
const thumbnailSize = { width: 960, height: 640 };

/** Limits on decoded pixels, because a file of a few hundred bytes can decode to a picture that fills the memory. */
const maxPixels = 100_000_000;
const maxAnimatedPixels = 40_000_000;

const animatedFormats = new Set(['gif', 'webp']);

/** @param {import('@/lib/platform/media/image').Task} task */
export function work(task) {
  return 'side' in task ? drawSquare(task) : drawThumbnail(task);
}

async function drawSquare({ path, side, square }) {
  await sharp(path).resize({ width: side, height: side, fit: 'cover' }).webp({ quality: 80 }).toFile(square);
}

async function drawThumbnail(task) {
  return task.format === 'heic' ? drawHeic(task) : drawByLibvips(task);
}

async function drawHeic({ path, thumbnail }) {
  const { data, width, height } = await decodeHeic(path, maxPixels);
  await toWebp(sharp(data, { raw: { width, height, channels: 4 } }), thumbnail, 4);
  return { width, height, orientation: 1 };
}

async function drawByLibvips({ path, format, thumbnail }) {
  const options = { limitInputPixels: maxPixels, failOn: 'error', sequentialRead: true };
  const facts = await sharp(path, options).metadata();
  if (facts.format !== format) throw new Error(`Detected as ${format}, but decoded as ${facts.format}.`);
  const { autoOrient, orientation = 1, pages = 1, width, height } = facts;
  const animated = animatedFormats.has(format) && pages > 1 && pages * width * height <= maxAnimatedPixels;
  const draw = (failOn) => toWebp(sharp(path, { ...options, failOn, animated }), thumbnail, animated ? 2 : 4);
  // Truncated and damaged pictures are decoded as far as possible.
  await draw('error').catch(() => draw('none').then(() => requireSomething(thumbnail)));
  return { width: autoOrient.width, height: autoOrient.height, orientation };
}

function toWebp(picture, path, effort) {
  const resized = picture.autoOrient().resize({ ...thumbnailSize, fit: 'inside', withoutEnlargement: true });
  return resized.webp({ quality: 80, effort }).toFile(path);
}

/** Rejects a picture of a single colour, which is what a decoder produces from unusable data. */
async function requireSomething(path) {
  const { channels } = await sharp(path).stats();
  if (channels.every(({ stdev }) => stdev === 0)) throw new Error('The picture could not be decoded.');
}
