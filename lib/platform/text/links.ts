import { characterAt, characterBefore, isAsciiLetterOrDigit, isOfWord, isUnspaced } from '@/lib/platform/text/characters';

/** A part of a text that is a link without Markdown syntax. */
export interface BareLink {
  start: number;
  end: number;
  url: string;
}

/** The URL of a link, or undefined unless it is http, https or mailto. Excludes scripts, files and relative URLs. */
export function safeUrl(url: string): string | undefined {
  if (/^www\.[^\s.]/i.test(url)) return `http://${url}`;
  return /^(?:https?:\/\/[^\s/?#.]|mailto:[^\s@]+@[^\s@]+$)/i.test(url) ? url : undefined;
}

/** The link at `index`, where the text has `http://`, `https://` or `www.`. */
export function webLinkAt(text: string, index: number): BareLink | undefined {
  if (index > 0 && isAsciiLetterOrDigit(text.charCodeAt(index - 1))) return undefined;
  const scheme = /^(?:https?:\/\/)?/i.exec(text.slice(index, index + 8))?.[0].length ?? 0;
  const host = hostEnd(text, index + scheme);
  const end = trimmedEnd(text, index + scheme, '/?#:'.includes(text[host] ?? ' ') ? pathEnd(text, host) : host);
  const url = safeUrl(text.slice(index, end));
  return url === undefined ? undefined : { start: index, end, url };
}

/** The email address around the `@` at `index`, starting no earlier than `from`. */
export function addressAround(text: string, index: number, from: number): BareLink | undefined {
  let start = index;
  while (start > from && isOfLocalPart(text.charCodeAt(start - 1))) start -= 1;
  const before = characterBefore(text, start);
  if (start === index || '/@'.includes(before || ' ') || isOfWord(before)) return undefined;
  domain.lastIndex = index + 1;
  const end = index + 1 + (domain.exec(text)?.[0].length ?? 0);
  return end === index + 1 ? undefined : { start, end, url: `mailto:${text.slice(start, end)}` };
}

/** The link in angle brackets at `index`, including the brackets: `<https://a.example>`, `<lena@a.example>`. */
export function angleLinkAt(text: string, index: number): BareLink | undefined {
  const end = angleEnd(text, index);
  const inside = text.slice(index + 1, end - 1);
  const url = end > index && (safeUrl(inside) ?? (address.test(inside) ? `mailto:${inside}` : undefined));
  return url ? { start: index, end, url } : undefined;
}

/** The index after the `>` that closes the `<` at `index`, or `index` when there is none. */
function angleEnd(text: string, index: number): number {
  let end = index + 1;
  while (end < text.length && !/[\s<>]/.test(text[end] ?? '')) end += 1;
  return text[end] === '>' ? end + 1 : index;
}

/** The end of a host: at an invalid character, or where a script without blanks follows Latin letters. */
function hostEnd(text: string, start: number): number {
  ipv6.lastIndex = start;
  if (text[start] === '[') return start + (ipv6.exec(text)?.[0].length ?? 0);
  let end = start;
  for (;;) {
    const character = characterAt(text, end);
    if (!ofHost.test(character)) return end;
    if (end > start && isAsciiLetterOrDigit(text.charCodeAt(end - 1)) && isUnspaced(character)) return end;
    end += character.length;
  }
}

/** The end of a path: at a blank, at Markdown marks around the link, or at an unmatched closing bracket. */
function pathEnd(text: string, start: number): number {
  let round = 0;
  let square = 0;
  let end = start;
  while (end < text.length) {
    const character = characterAt(text, end);
    if (endsPath.test(character) || ('*~'.includes(character) && text[end + 1] === character)) return end;
    if (character === '(') round += 1;
    else if (character === '[') square += 1;
    else if (character === ')' && --round < 0) return end;
    else if (character === ']' && --square < 0) return end;
    end += character.length;
  }
  return end;
}

/** Excludes trailing punctuation, which belongs to the sentence. */
function trimmedEnd(text: string, start: number, end: number): number {
  let trimmed = end;
  while (trimmed > start && '?!.,:;*_~\'"\\'.includes(text[trimmed - 1] ?? '')) trimmed -= 1;
  return trimmed;
}

const isOfLocalPart = (code: number) =>
  isAsciiLetterOrDigit(code) || (code >= 0x2b && code <= 0x2e && code !== 0x2c) || code === 0x5f;

// Needs a dot, and must not be followed by the rest of a word or another `@`.
const domain = /(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z](?:[a-z\d-]{0,61}[a-z\d])?(?![a-z\d@_])/iy;
const address = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[a-z\d-]{1,63}\.)+[a-z][a-z\d-]{0,62}$/i;
const ipv6 = /\[[\da-f:.]{2,45}\]/iy;
const ofHost = /^[\p{L}\p{M}\p{N}._-]$/u;

// Blanks, characters that are invalid in URLs, invisible characters, and East Asian, Arabic and Indian punctuation.
const endsPath =
  /[\s<>"`\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\u00ab\u00bb\u2018-\u201f\u2026\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\u060c\u061b\u061f\u06d4\u0964\u0965]/u;
