import { withoutHidden } from '@/lib/platform/text/names';

const maxBytes = 255;

/**
 * Cleans a file name for storage and display: without folders, control and hidden characters, at most 255 bytes, extension kept.
 * Hidden characters include direction overrides, which would show `exe.gpj` as `jpg.exe`.
 */
export function cleanName(name: string | undefined): string {
  // Browsers escape these three characters in multipart forms (HTML, multipart/form-data encoding).
  const decoded = (name ?? '').replaceAll('%22', '"').replace(/%0[AD]/g, '');
  const base = decoded.toWellFormed().split(/[/\\]/).at(-1) ?? '';
  const visible = withoutHidden(base.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ''))
    .trim()
    .replace(/^\.+/, '');
  return shorten(visible) || 'file';
}

/** A Content-Disposition header (RFC 6266), with the name in RFC 5987 encoding and in ASCII for old clients. */
export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
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
