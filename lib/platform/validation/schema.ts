import { z } from 'zod';
import { limits } from '@/lib/platform/limits/schema';
import { countCharacters } from '@/lib/platform/text/characters';
import { canonicalName } from '@/lib/platform/text/names';
import { showsSomething } from '@/lib/platform/text/visible';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Any UUID, lower case. */
export const idSchema = z.string('Expected an id.').regex(uuid, 'Expected an id.').toLowerCase();

/** A moment as answers and events carry it: ISO 8601, UTC, milliseconds. */
export const timeSchema = z.iso.datetime({ precision: 3 });

export const clientMessageIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'Expected 1 to 64 letters, digits, - or _.');

/** A lone surrogate is no character, and PostgreSQL stores no null byte. */
export function isStorable(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed();
}

/** Text that PostgreSQL can store: no null bytes, well formed, at most max() characters, at least min. */
export function textSchema(max: () => number, min = 0) {
  return z.string().superRefine((text, context) => {
    if (!isStorable(text)) context.addIssue({ code: 'custom', message: 'Contains characters that cannot be stored.' });
    else if (text.length > max() && countCharacters(text) > max())
      context.addIssue({ code: 'custom', message: `At most ${max()} characters.` });
    else if (min > 0 && !showsSomething(text)) context.addIssue({ code: 'custom', message: 'Must not be empty.' });
  });
}

/** A short line of text (a name) in its canonical form: 1 to max characters, no line breaks or control characters. */
export function lineSchema(max: number) {
  return textSchema(() => max * 2, 1)
    .transform((text) => text.trim())
    .refine((text) => !/\p{Cc}/u.test(text), 'Must be one line.')
    .transform(canonicalName)
    .refine((text) => countCharacters(text) <= max, `At most ${max} characters.`)
    .refine(showsSomething, 'Must not be empty.');
}

export const contentSchema = textSchema(() => limits().content);
