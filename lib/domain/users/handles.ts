import { randomInt } from 'node:crypto';
import { fold } from '@/lib/platform/text/fold';

/** Candidates for a handle, best first: the plain one, numbered ones, then random ones that are certainly free. */
export function handlesFor(name: string): string[] {
  const base = plainHandle(name) || 'person';
  const numbered = [2, 3, 4, 5].map((number) => `${base}${number}`);
  const random = Array.from({ length: 5 }, () => `${base}${randomInt(1_000, 1_000_000)}`);
  return [base, ...numbered, ...random];
}

/** The Latin letters, digits and dots of a name, at most 24 characters so that a number fits. Empty when none are left. */
export function plainHandle(name: string): string {
  const latin = [...fold(name)].map((letter) => transliterations.get(letter) ?? letter).join('');
  return latin
    .replace(/['’`]/g, '')
    .replace(/[^a-z0-9]+/g, '.')
    .slice(0, 24)
    .replace(/^\.+|\.+$/g, '');
}

const pairs =
  'α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s τ t υ y φ f χ ch ψ ps ω o ' +
  'а a б b в v г g д d е e ж zh з z и i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ы y э e ю yu я ya ' +
  'є ye і i ґ g ђ dj ј j љ lj њ nj ћ c џ dz';

const transliterations = new Map<string, string>([
  ['ъ', ''],
  ['ь', ''],
  ...pairs.split(' ').flatMap((from, index, all) => (index % 2 === 0 ? [[from, all[index + 1] ?? ''] as const] : [])),
]);
