import type { Translator } from '@/client/intl/translations';
import type { Message, Quote } from '@/lib/domain/messages/schema';
import { plainText } from '@/lib/platform/text/plain';

/** What is known of a message that is not itself on screen: a quote that a browser kept from an older version knows less. */
type Said = Pick<Quote, 'content'> & Partial<Pick<Quote, 'type' | 'deletedAt' | 'files'>>;

/** A message as one line of plain text, by what it says or else by what it is: in lists, quotes and what is read aloud. */
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

/** What is looked at or listened to is called by what it is; a file by its name. */
const named: Partial<Record<Message['type'], 'picture' | 'voice' | 'video'>> = {
  image: 'picture',
  audio: 'voice',
  video: 'video',
};

/** What is shown on one line needs no more, and a list has many lines. */
const maxCharacters = 400;

export const firstWords = (content: string): string => plainText(content.slice(0, maxCharacters));
