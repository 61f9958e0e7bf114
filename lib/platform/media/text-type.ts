// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells text from binary.
const binary = /[\u0000-\u0006\u000e-\u0019\u001c-\u001f]/;

/**
 * Detects text by the beginning of a file. Bells, backspaces and colour escapes count as text, since logs contain them. A character
 * that is cut off at the end is ignored.
 * @returns text/plain with the charset; application/octet-stream for text in an uncertain charset, since Windows-1252, Shift JIS and
 * GBK cannot be told apart; null for binary data
 */
export function textType(head: Buffer): string | null {
  if (isText(head, 'utf-8')) return 'text/plain';
  for (const charset of ['utf-16le', 'utf-16be'] as const) if (isUtf16(head, charset)) return `text/plain; charset=${charset}`;
  return binary.test(head.toString('latin1')) ? null : 'application/octet-stream';
}

function isText(bytes: Buffer, charset: string): boolean {
  try {
    const text = new TextDecoder(charset, { fatal: true }).decode(bytes, { stream: true });
    return text !== '' && !binary.test(text);
  } catch {
    return false;
  }
}

const marks = { 'utf-16le': 0xfffe, 'utf-16be': 0xfeff };

/** Detects UTF-16 by its byte order mark, or by the zero bytes that it has in Western text. */
function isUtf16(head: Buffer, charset: keyof typeof marks): boolean {
  if (head.length < 2 || head.length % 2 !== 0 || !isText(head, charset)) return false;
  return head.readUInt16BE(0) === marks[charset] || isMostlyAscii(head, charset === 'utf-16le' ? 1 : 0);
}

function isMostlyAscii(head: Buffer, high: 0 | 1): boolean {
  const units = head.length >> 1;
  let ascii = 0;
  for (let at = 0; at < units * 2; at += 2) if (head[at + high] === 0 && (head[at + 1 - high] ?? 0) < 0x80) ascii += 1;
  return units >= 4 && ascii > units * 0.7;
}
