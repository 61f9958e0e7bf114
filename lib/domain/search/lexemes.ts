import type { FileKind } from '@/lib/domain/search/schema';

// The index has these lexemes besides words. No token begins with "~" (lib/platform/text/search), so no text can imitate them.

/** The stem of a word, where it differs from the word. */
export const stemLexeme = (stem: string) => `~${stem}`;

/** The author, as short as possible, because every message has one. */
export const senderLexeme = (userId: string) => `~from:${Buffer.from(userId.replaceAll('-', ''), 'hex').toString('base64url')}`;

/** The message has a link, a file, or a file of that kind. */
export const hasLexeme = (what: 'link' | 'any' | FileKind) => `~has:${what}`;

/** The kind under which the conversation's details list the file. */
export function fileKindOf(mimeType: string): FileKind {
  const [kind] = mimeType.split('/', 1);
  return kind === 'image' || kind === 'video' || kind === 'audio' ? kind : 'file';
}

/** A lexeme quoted for tsvector and tsquery (PostgreSQL manual, 8.11). */
export const quoted = (lexeme: string) => `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
