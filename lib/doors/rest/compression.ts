import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';

/** Compressing a shorter text costs more than it saves. */
const leastCharacters = 1_024;

const zip = promisify(gzip);

/** Whether a text is long enough to compress, and the client accepts gzip. */
export const isWorthPacking = (text: string, { headers }: IncomingMessage): boolean =>
  text.length >= leastCharacters && takesGzip(headers['accept-encoding']);

/** On another thread, and optimised for speed: JSON of messages shrinks to a tenth all the same. */
export const packed = (text: string): Promise<Buffer> => zip(text, { level: constants.Z_BEST_SPEED });

/** Accept-Encoding (RFC 9110, 12.5.3), as far as clients use it: gzip or `*`, unless with weight 0. */
export function takesGzip(accepted: string | string[] | undefined): boolean {
  const codings = [accepted ?? ''].flat().join(',').toLowerCase().split(',');
  return codings.some((coding) => {
    const [name = '', ...parameters] = coding.split(';').map((part) => part.trim());
    return (name === 'gzip' || name === '*') && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}
