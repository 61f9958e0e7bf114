import { clsx } from 'clsx';
import type { ReactNode } from 'react';

interface Props {
  /** Determines the colour, which is the same everywhere for one person. */
  id: string;
  name: string;
  image: string | null;
  size: FaceSize;
  /** People are circles, groups are rounded squares. */
  square?: boolean;
  /** Replaces the initials when there is no picture. */
  icon?: ReactNode;
  /** Uses a neutral colour. */
  neutral?: boolean;
}

export type FaceSize = 16 | 20 | 24 | 32 | 36 | 40 | 72;

/** An avatar: a picture, or initials on a colour. Hidden from screen readers, because the name is next to it or on its parent. */
export function Face({ id, name, image, size, square = false, icon, neutral = false }: Props) {
  const shape = clsx(
    'flex shrink-0 select-none items-center justify-center overflow-hidden',
    sizes[size],
    corner(square, size),
  );
  // A plain <img>: access to uploads is restricted, and next/image would put them in a shared cache.
  if (image)
    return (
      // biome-ignore lint/performance/noImgElement: see above
      <img src={copyFor(image, size)} alt="" width={size} height={size} className={clsx(shape, 'bg-pill object-cover')} />
    );
  return (
    <span
      aria-hidden
      className={clsx(shape, 'font-semibold', neutral ? 'bg-pill text-muted' : backgrounds[hash(id) % backgrounds.length])}
    >
      {icon ?? initials(name)}
    </span>
  );
}

/** The URL of the server's square copy, at twice the size for high-density screens. All small avatars share one copy and its cache entry. */
const copyFor = (image: string, size: FaceSize) =>
  image.endsWith('/picture') ? `${image}?size=${size > 48 ? 192 : 96}` : image;

function corner(square: boolean, size: FaceSize): string {
  if (!square) return 'rounded-full';
  return size >= 36 ? 'rounded-lg' : 'rounded-md';
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase();
}

/** FNV-1a, because ids of the same second differ in few characters, but should get different colours. */
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

const backgrounds = [
  'bg-face-1 text-on-face-1',
  'bg-face-2 text-on-face-2',
  'bg-face-3 text-on-face-3',
  'bg-face-4 text-on-face-4',
  'bg-face-5 text-on-face-5',
  'bg-face-6 text-on-face-6',
  'bg-face-7 text-on-face-7',
  'bg-face-8 text-on-face-8',
] as const;
