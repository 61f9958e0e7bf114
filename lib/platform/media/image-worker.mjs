import sharp from 'sharp';

// Runs in a process of its own (lib/platform/workers/worker.mjs). Files come from strangers: whatever a decoder does with one, it is done
// here, where it can be killed and where there is nothing to find.

// Of the two dozen kinds that libvips reads, SVG among them, which is a program: these, and whatever it may learn, no other.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif', 'Tiff'].map((kind) => `VipsForeignLoad${kind}File`),
});
sharp.cache(false);

/** Twice the 480 x 320 that the timeline shows at most, for dense screens. In pixels. */
const thumbnailSize = { width: 960, height: 640 };

/** A few hundred bytes can claim a picture that fills the memory: more pixels than these are not decoded. */
const maxPixels = 100_000_000;
const maxAnimatedPixels = 40_000_000;

const moving = new Set(['gif', 'webp']);

/** @param {import('@/lib/platform/media/image').Task} task */
export function work(task) {
  return 'side' in task ? drawSquare(task) : drawThumbnail(task);
}

async function drawSquare({ path, side, square }) {
  await sharp(path).resize({ width: side, height: side, fit: 'cover' }).webp({ quality: 80 }).toFile(square);
}

async function drawThumbnail({ path, format, thumbnail }) {
  const options = { limitInputPixels: maxPixels, failOn: 'error', sequentialRead: true };
  const facts = await sharp(path, options).metadata();
  if (facts.format !== format) throw new Error(`It is judged to be ${format}, and read as ${facts.format}.`);
  const { autoOrient, orientation = 1, pages = 1, width, height } = facts;
  const animated = moving.has(format) && pages > 1 && pages * width * height <= maxAnimatedPixels;
  const draw = (failOn) => toWebp(sharp(path, { ...options, failOn, animated }), thumbnail, animated ? 2 : 4);
  // What is cut off, or broken somewhere, is shown as far as it goes.
  await draw('error').catch(() => draw('none').then(() => requireSomething(thumbnail)));
  return { width: autoOrient.width, height: autoOrient.height, orientation };
}

function toWebp(picture, path, effort) {
  const resized = picture.autoOrient().resize({ ...thumbnailSize, fit: 'inside', withoutEnlargement: true });
  return resized.webp({ quality: 80, effort }).toFile(path);
}

/** A decoder that found nothing it could use leaves one colour. */
async function requireSomething(path) {
  const { channels } = await sharp(path).stats();
  if (channels.every(({ stdev }) => stdev === 0)) throw new Error('Nothing of it could be drawn.');
}
