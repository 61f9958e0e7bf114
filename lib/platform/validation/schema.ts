import { z } from 'zod';
import { because } from '@/lib/platform/errors/schema';
import { limits } from '@/lib/platform/limits/schema';
import { countCharacters } from '@/lib/platform/text/characters';
import { canonicalName } from '@/lib/platform/text/names';
import { showsSomething } from '@/lib/platform/text/visible';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Any UUID, lower case. */
export const idSchema = z.string('Expected an id.').regex(uuid, 'Expected an id.').toLowerCase();

/** The input of what needs to know only who calls. */
export const emptySchema = z.object({});

/** A time in answers and events: ISO 8601 in UTC with milliseconds. */
export const timeSchema = z.iso.datetime({ precision: 3 });

export const clientMessageIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'Expected 1 to 64 letters, digits, - or _.');

/** Whether PostgreSQL can store the text: no null bytes, no lone surrogates. */
export function isStorable(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed();
}

/** Text that PostgreSQL can store, of at most max() characters. With min > 0, some character must be visible. */
export function textSchema(max: () => number, min = 0) {
  return z.string().superRefine((text, context) => {
    if (!isStorable(text))
      context.addIssue({ code: 'custom', ...because('NOT_STORABLE', 'Contains characters that cannot be stored.') });
    else if (text.length > max() && countCharacters(text) > max())
      context.addIssue({ code: 'custom', ...because('TOO_LONG', `At most ${max()} characters.`) });
    else if (min > 0 && !showsSomething(text)) context.addIssue({ code: 'custom', ...because('EMPTY', 'Must not be empty.') });
  });
}

/** A single line of text, such as a name, in canonical form: 1 to max characters, no control characters. */
export function lineSchema(max: number) {
  return textSchema(() => max * 2, 1)
    .transform((text) => text.trim())
    .refine((text) => !/\p{Cc}/u.test(text), because('SEVERAL_LINES', 'Must be one line.'))
    .transform(canonicalName)
    .refine((text) => countCharacters(text) <= max, because('TOO_LONG', `At most ${max} characters.`))
    .refine(showsSomething, because('EMPTY', 'Must not be empty.'));
}

export const contentSchema = textSchema(() => limits().content);
