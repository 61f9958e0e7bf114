import { dependents, type Imports } from '@/scripts/imports';

/** The tests that a change affects, each with the reason. */
export type Choice = Map<string, string>;

/**
 * Dependencies of tests that are not imports: programs they start, files they read, and the built server. When a path with a prefix on
 * the left changes, the tests with a prefix on the right run.
 */
const dependencies: [changed: string, tests: string][] = [
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
  ['lib/platform/jobs', 'protocol/nodes-events chaos/jobs e2e/groups'],
  ['scripts/jobs.ts', 'integration/jobs'],
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

/** Sources of the built server. A change that matches no row above affects all tests that run the server. */
const serverSources = [
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
const serverTests = ['protocol', 'chaos', 'e2e'];

/** @param imports of all files of the project, including tests */
export function testsOf(changed: string[], imports: Imports): Choice {
  const choice: Choice = new Map();
  const choose = (tests: string[], reason: string) => {
    for (const test of tests) if (!choice.has(test)) choice.set(test, reason);
  };
  const allTests = [...imports.keys()].filter(isTest).sort();
  for (const file of changed) {
    choose(allTests.includes(file) ? [file] : [], 'changed itself');
    choose(dependents(file, imports).filter(isTest).sort(), `imports ${file}`);
    choose(reachedFrom(file, allTests), `reaches ${file}`);
  }
  return choice;
}

function reachedFrom(file: string, allTests: string[]): string[] {
  const rows = dependencies.filter(([paths]) => startsWithAny(file, paths.split(' ')));
  const prefixes = rows.flatMap(([, tests]) => tests.split(' '));
  const isServed = startsWithAny(file, serverSources);
  const known = prefixes.some((prefix) => serverTests.some((folder) => prefix.startsWith(folder)));
  return allTests.filter((test) =>
    startsWithAny(test.slice('tests/'.length), isServed && !known ? [...prefixes, ...serverTests] : prefixes),
  );
}

const isTest = (file: string) => /^tests\/.*\.test\.tsx?$/.test(file);

const startsWithAny = (path: string, prefixList: string[]) => prefixList.some((start) => path.startsWith(start));
