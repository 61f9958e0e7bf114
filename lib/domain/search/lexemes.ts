import type { FileKind } from '@/lib/domain/search/schema';

// What stands in the index beside words. No token begins with "~" (lib/platform/text/search), so no text can pretend to be one of these.

/** The stem of a word, where it differs from the word. */
export const stemLexeme = (stem: string) => `~${stem}`;

/** Who wrote it, in as few bytes as text allows: every message has one. */
export const senderLexeme = (userId: string) => `~from:${Buffer.from(userId.replaceAll('-', ''), 'hex').toString('base64url')}`;

/** It has a link, a file, or a file of that kind. */
export const hasLexeme = (what: 'link' | 'any' | FileKind) => `~has:${what}`;

/** Which kind of file that is: what the conversation's details list it under. */
export function fileKindOf(mimeType: string): FileKind {
  const [kind] = mimeType.split('/', 1);
  return kind === 'image' || kind === 'video' || kind === 'audio' ? kind : 'file';
}

/** A lexeme as tsvector and tsquery take it as text (PostgreSQL manual, 8.11). */
export const quoted = (lexeme: string) => `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
