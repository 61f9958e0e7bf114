import type { Handle } from '@/demo/people';
import type { Random } from '@/demo/random';
import { words } from '@/demo/words';

/** A message as written in the demo's texts. */
export interface Line {
  speaker: Handle;
  content: string;
  /** replies to the first line of its exchange */
  reply: boolean;
  reactions: { emoji: string; count: number }[];
  /** a file of pictures.ts */
  file: string | null;
}

const linePattern = /^(\w+)(>?): (.*?)(?: !([a-z-]+))?(?: \[(\p{Extended_Pictographic}[^\]]*)\])?$/su;

/** Parses `handle: text !file [👍 3 🎉 2]`; `handle>:` is a reply. */
export function parseLine(text: string): Line {
  const [, speaker = '', arrow, content = '', file, reactions = ''] = linePattern.exec(text) ?? [];
  const pairs = [...reactions.matchAll(/(\S+) (\d+)/g)].map(([, emoji = '', count]) => ({ emoji, count: Number(count) }));
  return { speaker: speaker as Handle, content: content.trim(), reply: arrow === '>', reactions: pairs, file: file ?? null };
}

/** Fills the template of an exchange with random people and words. */
export function fillExchange(exchange: string[], members: Handle[], random: Random): Line[] {
  const cast = random.some(members, 4);
  const role = (letter: string) => cast['ABCD'.indexOf(letter.toUpperCase()) % cast.length] ?? members[0];
  return exchange.map((text) => {
    const spoken = text.replace(/^[A-D]/, (letter) => role(letter) ?? '').replace(/\{(\w+)\}/g, (_, word) => fill(word));
    const line = parseLine(spoken);
    return { ...line, content: line.content.replace(/^\p{Ll}/u, (first) => first.toUpperCase()) };
  });

  function fill(word: string): string {
    return word.length === 1 && word !== 'n' ? (role(word) ?? '') : random.pick(words[word] ?? ['']);
  }
}
