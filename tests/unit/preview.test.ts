import { expect, test } from 'vitest';
import { previewOf } from '@/components/conversations/preview';
import { firstWords, summaryOf } from '@/components/messages/summary';
import type { Conversation } from '@/lib/domain/conversations/schema';
import type { Message, Quote } from '@/lib/domain/messages/schema';
import { english } from '@/tests/support/english';

const words = { conversations: english('conversations'), messages: english('messages') };
const ana = { id: 'ana', name: 'Ana Silva', handle: 'ana', image: null };

function conversation(kind: 'direct' | 'group', message: Partial<Message> | null): Conversation {
  const lastMessage =
    message && ({ sender: ana, content: '', attachments: [], deletedAt: null, type: 'text', ...message } as Message);
  return { kind, description: '', lastMessage } as Conversation;
}

test('the preview names the author where more than two people may write', () => {
  expect(previewOf(conversation('group', { content: 'hi' }), 'ben', words)).toEqual({ who: 'Ana', text: 'hi' });
  expect(previewOf(conversation('direct', { content: 'hi' }), 'ben', words)).toEqual({ who: null, text: 'hi' });
  expect(previewOf(conversation('direct', { content: 'hi' }), 'ana', words)).toEqual({ who: 'You', text: 'hi' });
});

test('a deleted message shows that it is gone, and nothing of it', () => {
  expect(previewOf(conversation('direct', { content: '', deletedAt: '2026-01-01T00:00:00.000Z' }), 'ben', words).text).toBe(
    'A deleted message',
  );
});

test('files without words are named', () => {
  const file = { name: 'plan.pdf' } as Message['attachments'][number];
  expect(previewOf(conversation('direct', { type: 'file', attachments: [file] }), 'ben', words).text).toBe('plan.pdf');
  expect(previewOf(conversation('direct', { type: 'image', attachments: [file, file] }), 'ben', words).text).toBe('2 pictures');
});

test.each<[Partial<Quote>, string]>([
  [{ type: 'image', files: ['IMG_1.jpg'] }, 'Picture'],
  [{ type: 'audio', files: ['note.webm'] }, 'Voice message'],
  [{ type: 'video', files: ['clip.mp4'] }, 'Video'],
  [{ type: 'file', files: ['plan.pdf'] }, 'plan.pdf'],
  [{ type: 'file', files: ['plan.pdf', 'budget.ods'] }, '2 files'],
  [{ type: 'image', files: [], deletedAt: '2026-01-01T00:00:00.000Z' }, 'A deleted message'],
  [{}, 'A message without text'],
])('a quote of what has no text says what it is: %o', (quote, said) => {
  expect(summaryOf({ content: '', ...quote }, words.messages)).toBe(said);
});

test('a message with text and files is shown by its text', () => {
  expect(summaryOf({ content: 'the *plan*', type: 'file', files: ['plan.pdf'] }, words.messages)).toBe('the plan');
});

test('markdown is read without its marks, on one line', () => {
  expect(firstWords('**Twice** the `usual`,\n\n> and *nothing* fell\n- over')).toBe('Twice the usual, and nothing fell over');
  expect(firstWords('see [the plan](https://example.com)')).toBe('see the plan');
  expect(firstWords('```ts\nlet a = 1\n```')).toBe('let a = 1');
});

test('characters that are not Markdown stay as typed', () => {
  expect(firstWords('2 * 3 * 4, snake_case_name, <b>')).toBe('2 * 3 * 4, snake_case_name, <b>');
});
