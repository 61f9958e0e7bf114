import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PDFiumLibrary } from '@hyzyla/pdfium';

// Runs in a worker process (lib/platform/workers/worker.mjs), because PDF files are untrusted and PDFium is a large program. Plain
// JavaScript, like the worker.

/** Limits at which reading ends with what has been read. At those of the process (lib/platform/media/pdf.ts) nothing would be left of it. */
const maxPages = 2_000;
const maxCpuMs = 3_000;
const maxBytes = 400 * 1024 ** 2;

const compiled = await WebAssembly.compile(await readFile(fileURLToPath(import.meta.resolve('@hyzyla/pdfium/pdfium.wasm'))));

/**
 * Reads the text of a PDF file until there is enough of it. Damaged pages are left out.
 * @param {import('@/lib/platform/media/pdf').Task} task
 * @returns {Promise<string>}
 */
export async function work({ path, maxChars }) {
  const before = process.cpuUsage();
  const document = await (await freshLibrary()).loadDocument(await readFile(path));
  const count = Math.min(document.getPageCount(), maxPages);
  const pages = [];
  for (let page = 0, chars = 0; page < count && chars < maxChars && hasTime(before); page += 1) {
    const text = textOf(document, page);
    pages.push(text);
    chars += text.length + 1;
  }
  return pages.join('\n').slice(0, maxChars);
}

/** A memory of its own for each file, so that a damaged one cannot change how the next one is read. It is freed as a whole. */
function freshLibrary() {
  return PDFiumLibrary.init({
    instantiateWasm(imports, receive) {
      const instance = new WebAssembly.Instance(compiled, imports);
      receive(instance, compiled);
      return instance.exports;
    },
  });
}

function textOf(document, page) {
  try {
    return document.getPage(page).getText();
  } catch (error) {
    // After a trap, nothing of this instance can be used.
    if (error instanceof WebAssembly.RuntimeError) throw error;
    return '';
  }
}

function hasTime(before) {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 < maxCpuMs && process.memoryUsage.rss() < maxBytes;
}
