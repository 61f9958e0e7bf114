// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells text from binary.
const binary = /[\u0000-\u0006\u000e-\u0019\u001c-\u001f]/;

/**
 * What the beginning of a file says of it when it is text: its type with the charset that it is sure to be in; without a sure one
 * (what Windows-1252, Shift JIS or GBK wrote looks the same to us) plain bytes. Null when it is no text. Bells, backspaces and
 * the escapes of colours stand in logs, and make no text binary; a character that was cut off makes it no other.
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

/** With a byte order mark, or by what Western text looks like in it: every other byte is zero, and none of the others is. */
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
