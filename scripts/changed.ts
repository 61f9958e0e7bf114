import { dependents, type Imports } from '@/scripts/imports';

/** The tests that a change concerns, each with why. */
export type Choice = Map<string, string>;

/**
 * What tests reach without importing it: programs that they start, files that they read, and the built server. When a path that begins
 * with one of the words on the left changes, the tests that begin with one of those on the right are run.
 */
const reached: [changed: string, tests: string][] = [
  ['package.json package-lock.json tsconfig.json vitest.config.ts', 'unit integration protocol chaos e2e'],
  ['prisma', 'integration protocol chaos e2e'],
  ['playwright tests/e2e/support', 'e2e'],
  ['tests/support/global.ts tests/support/setup.ts', 'integration'],
  ['tests/protocol/support/global.ts', 'protocol'],
  ['tests/support/boot.program.ts lib/boot lib/db/embedded lib/process scripts/start.ts', 'integration/boot'],
  ['tests/support/node.program.ts lib/sockets lib/realtime', 'integration/nodes'],
  ['tests/support/archive.program.ts scripts/archive lib/archives', 'integration/archive'],
  ['scripts/start scripts/build scripts/generate scripts/hash scripts/run server.ts', 'unit/deploy protocol/starting'],
  ['docs/protocol.md lib/realtime/events.ts', 'unit/wire-documented unit/limits protocol/nodes-events'],
  ['docs/operations.md .env.example deploy', 'unit/env unit/deploy unit/dashboards'],
  ['deploy/nginx.conf', 'protocol/behind-nginx protocol/attacks-through protocol/nodes chaos/cluster'],

  ['lib/sockets lib/realtime lib/redis', 'protocol chaos e2e'],
  ['lib/messages', 'protocol chaos e2e'],
  ['lib/db lib/boot lib/process lib/paging lib/ids', 'protocol chaos e2e/arriving e2e/direct e2e/timeline'],
  ['lib/presence lib/typing', 'protocol/nodes e2e/presence e2e/tabs e2e/writing e2e/direct'],
  ['lib/text', 'e2e/composer e2e/direct e2e/dropping e2e/pitfalls e2e/quotes e2e/timeline e2e/writing'],
  ['lib/attachments lib/storage', 'protocol e2e/composer e2e/dropping e2e/files e2e/settings e2e/viewer'],
  ['lib/auth lib/sessions lib/invites', 'protocol e2e/arriving e2e/settings'],
  [
    'lib/conversations lib/participants lib/users',
    'protocol chaos/readers e2e/direct e2e/groups e2e/keyboard e2e/settings e2e/unread',
  ],
  ['lib/reactions lib/receipts', 'protocol chaos/readers e2e/changing e2e/timeline e2e/unread'],
  ['lib/rest lib/errors lib/limits lib/env app/api', 'protocol e2e/arriving e2e/connection e2e/pitfalls'],
  ['lib/archives lib/demo', 'protocol/edges e2e/timeline'],

  ['components/outbox', 'chaos/typed e2e'],
  ['components/attachments', 'e2e/accessibility e2e/composer e2e/dropping e2e/files e2e/viewer'],
  ['components/settings components/accounts app/(auth)', 'e2e/accessibility e2e/arriving e2e/settings'],
  ['components/receipts', 'e2e/direct e2e/groups e2e/timeline e2e/unread'],
  [
    'components/ui components/messages components/drafts components/conversations components/state components/realtime app/(chat)',
    'e2e',
  ],
];

/** What the built server is made of: what no row above knows concerns everything that runs it. */
const built = ['app/', 'components/', 'lib/', 'public/', 'server.ts', 'next.config.mjs', 'postcss.config.mjs'];
const runningIt = ['protocol', 'chaos', 'e2e'];

/** @param imports of all the project's files, tests included */
export function testsOf(changed: string[], imports: Imports): Choice {
  const choice: Choice = new Map();
  const choose = (tests: string[], why: string) => {
    for (const test of tests) if (!choice.has(test)) choice.set(test, why);
  };
  const every = [...imports.keys()].filter(isTest).sort();
  for (const file of changed) {
    choose(every.includes(file) ? [file] : [], 'changed itself');
    choose(dependents(file, imports).filter(isTest).sort(), `imports ${file}`);
    choose(reachedFrom(file, every), `reaches ${file}`);
  }
  return choice;
}

function reachedFrom(file: string, every: string[]): string[] {
  const rows = reached.filter(([paths]) => startsWithOne(file, paths.split(' ')));
  const words = rows.flatMap(([, tests]) => tests.split(' '));
  const isServed = startsWithOne(file, built);
  const known = words.some((word) => runningIt.some((folder) => word.startsWith(folder)));
  return every.filter((test) =>
    startsWithOne(test.slice('tests/'.length), isServed && !known ? [...words, ...runningIt] : words),
  );
}

const isTest = (file: string) => /^tests\/.*\.test\.tsx?$/.test(file);

const startsWithOne = (path: string, beginnings: string[]) => beginnings.some((beginning) => path.startsWith(beginning));
