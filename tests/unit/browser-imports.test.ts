import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

// zod, and the schemas made with it, are for the server and for forms. The chat imports only their types.

const withZod =
  /^import (?!type )(?:[^;]*?) from '(zod|@\/lib\/domain\/(?:contract|event-entry|requests|[\w-]+\/(?:schema|events))|@\/lib\/platform\/(?:errors|paging|validation)\/schema)';$/gms;

/** Forms that validate input, on pages of their own. */
const forms = ['components/accounts/register-form.tsx'];

test('the chat loads no schema of the contract', () => {
  const files = ['client', 'components'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  );
  const found = files
    .filter((file) => /\.tsx?$/.test(file) && !forms.includes(file))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(withZod)].map((match) => `${file} imports ${match[1]}`));
  expect(files.length).toBeGreaterThan(100);
  expect(found).toEqual([]);
});
