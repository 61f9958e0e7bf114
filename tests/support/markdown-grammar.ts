import { type Random, seeded } from '@/demo/random';

/** Generates texts, plausible and absurd ones: nested words, marks, links and mentions, or one mark repeated many times. */
export function textsOf(seed: number): { next: () => string } {
  const random = seeded(seed);
  return { next: () => cut(random, random.pick(kinds)(random)) };
}

/** A plain text of that length, for comparison. */
export function ordinaryText(length: number): string {
  return ordinary.repeat(Math.ceil(length / ordinary.length)).slice(0, length);
}

export const longest = 8_000;

const sentence = 'Hello there, this is **an ordinary** message with `code`, a link https://example.com/a?b=c and @lena in it. ';
const ordinary = `${sentence.repeat(3)}\n\n- one\n- two\n\n> ${sentence}\n\n`;

const words = [
  'word',
  'Straße',
  'привет',
  '你好',
  '重要：',
  'こんにちは',
  '안녕',
  'שלום',
  'مرحبا',
  'नमस्ते',
  '👍🏽',
  '2',
  '3.14',
  'e\u0301',
];
const marks = [
  '*',
  '**',
  '***',
  '_',
  '__',
  '~',
  '~~',
  '`',
  '``',
  '```',
  '[',
  ']',
  '![',
  '](',
  '(',
  ')',
  '<',
  '>',
  '|',
  '\\',
  '@',
  '#',
  '!',
];
const breaks = ['\n', '\n', '\n\n', '\r\n', '  \n', '\n    ', '\n\t'];
const starts = [
  '- ',
  '* ',
  '+ ',
  '1. ',
  '7) ',
  '1986. ',
  '> ',
  '>',
  '# ',
  '###### ',
  '- [ ] ',
  '- [x] ',
  '```\n',
  '```js\n',
  '~~~\n',
  '---\n',
  '|',
];
const links = [
  'https://a.b/',
  'http://[::1]:3000/',
  'www.a.b',
  'HTTPS://A.B/?q=@lena',
  'https://例え.jp/(a)',
  'javascript:alert(1)',
  'mailto:a@b.org',
];
const people = [
  '@lena',
  '@Lena.',
  '@a_b',
  '@lena@a.org',
  'mail@lena.org',
  '你好@lena',
  '@lenaさん',
  '/@lena',
  '@@lena',
  '@\u0430da',
  '(@lena)',
];
const oddities = [
  '\u200b',
  '\u202e',
  '\0',
  '\ufeff',
  '\ud800',
  '\u00a0',
  '&amp;',
  '<b>',
  '</b>',
  '<!--',
  '¯\\_(ツ)_/¯',
  '^_^',
  '[^1]',
  '[a]: b',
  '===',
  '$$',
];
const atoms = [words, words, marks, marks, breaks, links, people, oddities];

type Kind = (random: Random) => string;

/** Arbitrary pieces next to each other. */
const soup: Kind = (random) => many(() => random.pick(random.pick(atoms)), random.between(1, sizeOf(random)));

/** Nested phrases, mostly well formed. */
const phrase = (random: Random, depth: number): string => {
  const inside = () => (depth > 0 ? many(() => phrase(random, depth - 1), random.between(1, 3)) : random.pick(words));
  const around = random.between(0, 11);
  if (around < 4) return `${random.pick(words)} `;
  if (around === 4) return random.pick(people);
  if (around === 5) return `[${inside()}](${random.pick(links)}${random.pick(['', ' "title"', " 't", '('])})`;
  if (around === 6) return ` ${random.pick(links)}${random.pick(['', '，', ').', '**'])} `;
  if (around === 7) return `\\${random.pick(marks)}${inside()}`;
  const mark = random.pick(['*', '**', '_', '~~', '`', '``', '***', '__']);
  return `${mark}${inside()}${random.next() < 0.8 ? mark : ''}`;
};

/** Lines of nested blocks. */
const block = (random: Random, depth: number): string => {
  const lines = many(
    () => `${random.pick(['', random.pick(starts)])}${phrase(random, 2)}${random.pick(breaks)}`,
    random.between(1, 6),
  );
  if (depth === 0) return lines;
  const inner = block(random, depth - 1);
  const prefix = random.pick(['> ', '  ', '    ', '- ', '', '\t', '1. ']);
  return `${lines}\n${inner
    .split('\n')
    .map((line) => prefix + line)
    .join('\n')}`;
};

const document: Kind = (random) => many(() => block(random, random.between(0, 4)), random.between(1, 1 + sizeOf(random) / 40));

const table: Kind = (random) => {
  const columns = random.between(1, random.pick([3, 8, 200]));
  const row = (cell: () => string) => `|${many(() => `${cell()}|`, columns)}\n`;
  const body = many(() => row(() => phrase(random, 1)), random.between(1, 1 + sizeOf(random) / columns));
  return `${random.pick(words)}\n${row(() => random.pick(words))}${row(() => random.pick(['-', ':-', ':-:']))}${body}`;
};

/** A few pieces repeated, up to the maximum length of a message. */
const hostile: Kind = (random) => {
  const unit = many(() => random.pick(random.pick([...atoms, starts])), random.between(1, 4));
  const first = many(() => unit, random.pick([1, 30, longest]) / 2);
  const other = many(() => random.pick(random.pick(atoms)), random.between(0, 2));
  return first.slice(0, longest / random.pick([1, 1, 2])) + (other === '' ? '' : other.repeat(longest / other.length));
};

/** Quotes and lists nested as deeply as possible. */
const deep: Kind = (random) => {
  const depth = random.between(1, random.pick([6, 12, 100]));
  const unit = random.pick(['> ', '>', '- ', '1. ', '> - ']);
  const line = (level: number) =>
    (random.next() < 0.5 ? unit.repeat(level) : `${'  '.repeat(level)}${unit}`) + phrase(random, 1);
  return Array.from({ length: depth }, (_, level) => line(level)).join('\n');
};

const kinds: Kind[] = [
  soup,
  soup,
  document,
  document,
  (random) => phrase(random, 3),
  (random) => phrase(random, 6),
  table,
  deep,
  hostile,
];

/** A length: mostly short, like messages, sometimes the maximum. */
const sizeOf = (random: Random) => random.pick([4, 4, 12, 12, 40, 40, 40, 120, 2_000]);

function many(make: () => string, count: number): string {
  let text = '';
  for (let made = 0; made < count && text.length < longest; made += 1) text += make();
  return text;
}

/** Cuts the text to the maximum length, and sometimes in the middle. */
function cut(random: Random, text: string): string {
  return text.slice(0, random.next() < 0.1 ? random.between(1, longest) : longest);
}
