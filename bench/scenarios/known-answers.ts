/** Messages, and a query whose right answer is those of them that should be found. */
export interface KnownAnswer {
  kind: string;
  query: string;
  right: string[];
  wrong: string[];
}

/**
 * Sixty queries with known answers: what a person would say was meant. The words are made up, so that no other message has them: `~`
 * and `§` stand for a different one in each case.
 */
export function knownAnswers(): KnownAnswer[] {
  return kinds.flatMap(({ kind, query, right, wrong }, index) =>
    names.map((name, at) => {
      const named = (text: string) =>
        text.replaceAll('~', `${name}${'bcdfghjklmnp'[index]}`).replaceAll('§', '靐麤灪爨龗'[at] ?? '');
      return { kind, query: named(query), right: right.map(named), wrong: wrong.map(named) };
    }),
  );
}

const names = ['quaxo', 'vumpi', 'zorbe', 'wixul', 'jympo'];

const kinds: KnownAnswer[] = [
  { kind: 'a word', query: '~', right: ['a ~ here', 'The ~, again'], wrong: ['un~ed things'] },
  { kind: 'another form', query: '~ing', right: ['they ~ed it', 'she ~s', 'we were ~ing'], wrong: ['the x~ is not it'] },
  { kind: 'accents, case', query: 'café~', right: ['CAFE~ at noon', 'the Café~'], wrong: ['cave~'] },
  { kind: 'a beginning', query: '~pre', right: ['~prefix', 'the ~presence'], wrong: ['~po'] },
  { kind: 'a phrase', query: '"~ one two"', right: ['say ~ one two now'], wrong: ['~ two one', 'one two ~'] },
  { kind: 'several words', query: '~ plan', right: ['plan of the ~', 'the ~ and its plan'], wrong: ['only ~ here'] },
  { kind: 'an error code', query: 'ERR_~-42', right: ['got ERR_~-42 twice', 'err_~-42!'], wrong: ['ERR_~-43', 'err 42'] },
  { kind: 'part of an identifier', query: '~ parser', right: ['call ~Parser.run()', 'my_~_parser'], wrong: ['~parsing'] },
  {
    kind: 'part of an address',
    query: '~.example',
    right: ['lena@~.example wrote', 'https://~.example/a'],
    wrong: ['~ is an example'],
  },
  { kind: 'Chinese, two characters', query: '龘§', right: ['我们龘§了', '龘§'], wrong: ['§龘', '龘 和 §'] },
  { kind: 'Japanese', query: '齉§', right: ['これは齉§です'], wrong: ['§齉です'] },
  { kind: 'without a word', query: '~ -draft', right: ['the final ~'], wrong: ['the ~ draft'] },
];
