import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

// Runs in the image worker. libvips comes without a decoder for HEVC, so iPhone photos are decoded by libheif as WebAssembly. Plain
// JavaScript, like the worker.

const require = createRequire(import.meta.url);
/** Loaded with the first HEIC file: instantiating it takes some 0.3 s. */
let library;

/**
 * Decodes the primary picture of a HEIC file, with its rotation applied.
 * @param {string} path
 * @param {number} maxPixels rejects a larger picture before it is decoded
 * @returns {Promise<{ data: Uint8ClampedArray, width: number, height: number }>} RGBA
 */
export async function decodeHeic(path, maxPixels) {
  library ??= require('libheif-js/wasm-bundle');
  const images = new library.HeifDecoder().decode(await readFile(path));
  try {
    const image = images.find((one) => one.is_primary()) ?? images[0];
    if (!image) throw new Error('The file contains no picture.');
    const [width, height] = [image.get_width(), image.get_height()];
    if (width * height > maxPixels) throw new Error(`A picture of ${width} x ${height} pixels is too large.`);
    return await display(image, { data: new Uint8ClampedArray(width * height * 4), width, height });
  } finally {
    for (const image of images) image.free();
  }
}

function display(image, target) {
  return new Promise((resolve, reject) => {
    image.display(target, (result) => (result ? resolve(result) : reject(new Error('The picture could not be decoded.'))));
  });
}
