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
  [
    'tests/support/boot.program.ts boot lib/platform/db/embedded/embedded lib/platform/process scripts/start.ts',
    'integration/boot',
  ],
  ['tests/support/node.program.ts lib/doors/sockets lib/platform/realtime', 'integration/nodes'],
  ['tests/support/archive.program.ts scripts/archive lib/domain/archives', 'integration/archive'],
  ['scripts/start scripts/build scripts/generate scripts/hash scripts/run server.ts', 'unit/deploy protocol/starting'],
  ['docs/protocol.md lib/domain/contract.ts', 'unit/wire-documented unit/limits protocol/nodes-events'],
  ['docs/operations.md .env.example deploy', 'unit/env unit/deploy unit/dashboards'],
  ['app/api lib/doors/rest tests/support/pages-alone.program.ts', 'unit/routing protocol/next-alone'],
  ['deploy/nginx.conf', 'protocol/behind-nginx protocol/attacks-through protocol/nodes chaos/cluster'],

  ['lib/doors/sockets lib/platform/realtime lib/platform/redis', 'protocol chaos e2e'],
  ['lib/domain/messages', 'protocol chaos e2e'],
  [
    'lib/platform/db boot lib/platform/process lib/platform/paging lib/platform/validation',
    'protocol chaos e2e/arriving e2e/direct e2e/timeline',
  ],
  ['lib/domain/presence lib/domain/typing', 'protocol/nodes e2e/presence e2e/tabs e2e/writing e2e/direct'],
  ['lib/platform/text', 'e2e/composer e2e/direct e2e/dropping e2e/pitfalls e2e/quotes e2e/timeline e2e/writing'],
  ['lib/domain/attachments lib/platform/storage', 'protocol e2e/composer e2e/dropping e2e/files e2e/settings e2e/viewer'],
  ['lib/domain/accounts lib/domain/sessions lib/domain/invites', 'protocol e2e/arriving e2e/settings'],
  [
    'lib/domain/conversations lib/domain/participants lib/domain/users',
    'protocol chaos/readers e2e/direct e2e/groups e2e/keyboard e2e/settings e2e/unread',
  ],
  ['lib/domain/reactions lib/domain/receipts', 'protocol chaos/readers e2e/changing e2e/timeline e2e/unread'],
  [
    'lib/doors/rest lib/platform/errors lib/platform/limits lib/platform/env app/api',
    'protocol e2e/arriving e2e/connection e2e/pitfalls',
  ],
  ['lib/domain/archives demo', 'protocol/edges e2e/timeline'],

  ['client/outbox', 'chaos/typed e2e'],
  ['components/attachments', 'e2e/accessibility e2e/composer e2e/dropping e2e/files e2e/viewer'],
  ['components/settings components/accounts app/(auth)', 'e2e/accessibility e2e/arriving e2e/settings'],
  ['components/receipts', 'e2e/direct e2e/groups e2e/timeline e2e/unread'],
  ['components/ui components/messages client/drafts components/conversations components/shell client/state app/(chat)', 'e2e'],
];

/** What the built server is made of: what no row above knows concerns everything that runs it. */
const built = [
  'app/',
  'boot/',
  'client/',
  'components/',
  'demo/',
  'lib/',
  'public/',
  'server.ts',
  'next.config.mjs',
  'postcss.config.mjs',
];
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
