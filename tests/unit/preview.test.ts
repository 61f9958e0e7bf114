import { expect, test } from 'vitest';
import { plain, previewOf } from '@/components/conversations/preview';
import type { Conversation } from '@/lib/conversations/schema';
import type { Message } from '@/lib/messages/schema';

const ana = { id: 'ana', name: 'Ana Silva', handle: 'ana', image: null };

function conversation(kind: 'direct' | 'group', message: Partial<Message> | null): Conversation {
  const lastMessage =
    message && ({ sender: ana, content: '', attachments: [], deletedAt: null, type: 'text', ...message } as Message);
  return { kind, description: '', lastMessage } as Conversation;
}

test('the preview says who spoke where more than two may', () => {
  expect(previewOf(conversation('group', { content: 'hi' }), 'ben')).toBe('Ana: hi');
  expect(previewOf(conversation('direct', { content: 'hi' }), 'ben')).toBe('hi');
  expect(previewOf(conversation('direct', { content: 'hi' }), 'ana')).toBe('You: hi');
});

test('a deleted message shows that it is gone, and nothing of it', () => {
  expect(previewOf(conversation('direct', { content: '', deletedAt: '2026-01-01T00:00:00.000Z' }), 'ben')).toBe(
    'Message deleted',
  );
});

test('files without words are named', () => {
  const file = { name: 'plan.pdf' } as Message['attachments'][number];
  expect(previewOf(conversation('direct', { type: 'file', attachments: [file] }), 'ben')).toBe('plan.pdf');
  expect(previewOf(conversation('direct', { type: 'image', attachments: [file, file] }), 'ben')).toBe('2 pictures');
});

test('markdown is read without its marks, on one line', () => {
  expect(plain('**Twice** the `usual`,\n\n> and *nothing* fell\n- over')).toBe('Twice the usual, and nothing fell over');
  expect(plain('see [the plan](https://example.com)')).toBe('see the plan');
  expect(plain('```ts\nlet a = 1\n```')).toBe('let a = 1');
});

test('what is no mark stays as it was typed', () => {
  expect(plain('2 * 3 * 4, snake_case_name, <b>')).toBe('2 * 3 * 4, snake_case_name, <b>');
});
