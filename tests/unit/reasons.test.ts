import { expect, test } from 'vitest';
import { ApiError } from '@/client/api/api';
import { createProblems } from '@/client/intl/problems';
import { createGroupSchema } from '@/lib/domain/conversations/schema';
import { sendMessageSchema } from '@/lib/domain/messages/schema';
import { profileSchema, registerSchema } from '@/lib/domain/users/schema';
import { conflict, ParleyError, parse } from '@/lib/platform/errors/error';
import type { WireError } from '@/lib/platform/errors/schema';
import { english } from '@/tests/support/english';

const problems = createProblems(english('errors'));

function refusalOf(work: () => unknown): WireError {
  try {
    work();
  } catch (error) {
    if (error instanceof ParleyError) return error.toWire();
    throw error;
  }
  throw new Error('It was not refused.');
}

test.each([
  [
    registerSchema,
    { name: ' ', email: 'ada', password: 'short' },
    { name: 'EMPTY', email: 'NOT_EMAIL', password: 'TOO_SHORT' },
  ],
  [profileSchema, { name: 'x'.repeat(81), handle: 'A b' }, { name: 'TOO_LONG', handle: 'NOT_HANDLE' }],
  [profileSchema, { name: 'a\nb', statusText: '\u0000' }, { name: 'SEVERAL_LINES', statusText: 'NOT_STORABLE' }],
  [createGroupSchema, { kind: 'group', name: '\u200b' }, { name: 'EMPTY' }],
  [sendMessageSchema, { content: '' }, { content: 'EMPTY' }],
])('each field that is refused has its reason: %#', (schema, input, fieldReasons) => {
  const refusal = refusalOf(() => parse(schema, input));
  expect(refusal).toMatchObject({ code: 'VALIDATION_FAILED', fieldReasons });
  expect(Object.keys(refusal.fields ?? {}).sort()).toEqual(Object.keys(fieldReasons).sort());
});

test('an error without a reason has none on the wire', () => {
  expect(refusalOf(() => parse(profileSchema, { name: 7 }))).not.toHaveProperty('fieldReasons');
  expect(conflict('So it is.').toWire()).toEqual({ code: 'CONFLICT', message: 'So it is.' });
});

test('the interface words a refusal by its reason, that of a field, or its code', () => {
  const say = (error: Partial<WireError>) =>
    problems.say(new ApiError({ code: 'CONFLICT', message: 'English, for others.', ...error }));
  expect(say({ reason: 'LAST_ADMIN' })).toBe('A group keeps at least one admin: make somebody else one first.');
  expect(say({ code: 'VALIDATION_FAILED', fieldReasons: { file: 'FILE_EMPTY' } })).toBe('The file is empty.');
  expect(say({ code: 'RATE_LIMIT_EXCEEDED', retryAfter: 1 })).toBe('Too much at once. Try again in 1 second.');
  expect(say({ reason: 'GROUP_FULL' })).toBe('A group holds at most 5,000 people.');
  // A reason of a newer server.
  expect(say({ reason: 'NOT_INVENTED' as never })).toBe('Something has changed meanwhile. Please try again.');
  expect(say({ code: 'NOT_INVENTED' as never })).toBe('Something is not working right now. Please try again.');
  expect(problems.say(new TypeError('x is not a function'), 'It was not saved.')).toBe('It was not saved.');
});

test('the interface words the problem of each field, also when the server gives no reason', () => {
  const error = new ApiError({
    code: 'VALIDATION_FAILED',
    message: '',
    fields: { name: 'Must not be empty.', imageId: 'Expected an id.' },
    fieldReasons: { name: 'EMPTY' },
  });
  expect(problems.fields(error)).toEqual({ name: 'Must not be empty.', imageId: 'Some of what was sent is not valid.' });
});
