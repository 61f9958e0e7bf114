import type { Translator } from '@/client/intl/translations';
import type { Message, Quote } from '@/lib/domain/messages/schema';
import { plainText } from '@/lib/platform/text/plain';

/** The fields of a message for its summary. A quote that an older version stored in the browser has fewer. */
type Said = Pick<Quote, 'content'> & Partial<Pick<Quote, 'type' | 'deletedAt' | 'files'>>;

/** A message as one line of plain text, by its text or otherwise its type: in lists, quotes and announcements. */
export function summaryOf({ content, type, deletedAt, files = [] }: Said, t: Translator<'messages'>): string {
  if (deletedAt) return t('deletedSummary');
  const text = firstWords(content);
  if (text !== '') return text;
  const [first, ...more] = files;
  if (!first) return content.trim() || t('withoutText');
  if (more.length > 0) return t(type === 'image' ? 'pictures' : 'files', { count: files.length });
  const kind = named[type ?? 'file'];
  return kind ? t(kind) : first;
}

export const summaryOfMessage = ({ content, type, deletedAt, attachments }: Message, t: Translator<'messages'>): string =>
  summaryOf({ content, type, deletedAt, files: attachments.map(({ name }) => name) }, t);

/** The types that are named in a summary; other attachments are shown by their file names. */
const named: Partial<Record<Message['type'], 'picture' | 'voice' | 'video'>> = {
  image: 'picture',
  audio: 'voice',
  video: 'video',
};

/** A single line shows no more, and a list has many lines. */
const maxCharacters = 400;

export const firstWords = (content: string): string => plainText(content.slice(0, maxCharacters));
