import { clsx } from 'clsx';
import type { ReactNode } from 'react';

interface Props {
  /** Decides the colour: the same person has the same one everywhere. */
  id: string;
  name: string;
  image: string | null;
  size: FaceSize;
  /** People are round, groups are squares with soft corners. */
  square?: boolean;
  /** Stands in for the initials of what has no picture. */
  icon?: ReactNode;
  /** Without a colour of its own. */
  neutral?: boolean;
}

export type FaceSize = 16 | 20 | 24 | 32 | 36 | 40 | 72;

/** A picture, or initials on a quiet colour. Decoration: the name stands beside it or on what holds it. */
export function Face({ id, name, image, size, square = false, icon, neutral = false }: Props) {
  const shape = clsx(
    'flex shrink-0 select-none items-center justify-center overflow-hidden',
    sizes[size],
    corner(square, size),
  );
  // A plain <img>: uploads are served to their readers alone, which next/image's shared cache would not respect.
  if (image)
    return (
      // biome-ignore lint/performance/noImgElement: see above
      <img src={copyFor(image, size)} alt="" width={size} height={size} className={clsx(shape, 'bg-pill object-cover')} />
    );
  return (
    <span
      aria-hidden
      className={clsx(shape, 'font-semibold', neutral ? 'bg-pill text-muted' : grounds[hash(id) % grounds.length])}
    >
      {icon ?? initials(name)}
    </span>
  );
}

/** The server's square copy, twice as large for dense screens; one for every small face, so that each is loaded once. */
const copyFor = (image: string, size: FaceSize) =>
  image.endsWith('/picture') ? `${image}?size=${size > 48 ? 192 : 96}` : image;

function corner(square: boolean, size: FaceSize): string {
  if (!square) return 'rounded-full';
  return size >= 36 ? 'rounded-lg' : 'rounded-md';
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase();
}

/** FNV-1a: ids made in the same second differ in few characters, and should differ in colour. */
function hash(id: string): number {
  let sum = 0x811c9dc5;
  for (const character of id) sum = Math.imul(sum ^ character.charCodeAt(0), 0x01000193);
  return (sum ^ (sum >>> 15)) >>> 0;
}

const sizes: Record<FaceSize, string> = {
  16: 'size-4 text-[0.5rem]',
  20: 'size-5 text-[0.5625rem]',
  24: 'size-6 text-[0.625rem]',
  32: 'size-8 text-xs',
  36: 'size-9 text-sm',
  40: 'size-10 text-base',
  72: 'size-18 text-xl',
};

const grounds = [
  'bg-face-1 text-on-face-1',
  'bg-face-2 text-on-face-2',
  'bg-face-3 text-on-face-3',
  'bg-face-4 text-on-face-4',
  'bg-face-5 text-on-face-5',
  'bg-face-6 text-on-face-6',
  'bg-face-7 text-on-face-7',
  'bg-face-8 text-on-face-8',
] as const;
