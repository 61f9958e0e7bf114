import { withoutHidden } from '@/lib/platform/text/names';

const maxBytes = 255;

/**
 * A file's name as it may be stored and shown: no folders, no control characters, nothing hidden, such as what turns the direction
 * of text (and makes `exe.gpj` of `jpg.exe`), at most 255 bytes, with its extension.
 */
export function cleanName(name: string | undefined): string {
  // Forms write these three so (HTML, multipart/form-data encoding).
  const written = (name ?? '').replaceAll('%22', '"').replace(/%0[AD]/g, '');
  const base = written.toWellFormed().split(/[/\\]/).at(-1) ?? '';
  const visible = withoutHidden(base.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ''))
    .trim()
    .replace(/^\.+/, '');
  return shorten(visible) || 'file';
}

/** RFC 6266, with the name both as RFC 5987 encodes it and as old clients read it. */
export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

function shorten(name: string): string {
  if (Buffer.byteLength(name) <= maxBytes) return name;
  const extension = /\.[a-z0-9]{1,16}$/i.exec(name)?.[0] ?? '';
  let stem = '';
  let bytes = Buffer.byteLength(extension);
  for (const character of name.slice(0, name.length - extension.length)) {
    bytes += Buffer.byteLength(character);
    if (bytes > maxBytes) break;
    stem += character;
  }
  return stem + extension;
}
