import type { Zoom } from '@/components/attachments/use-zoom';
import { overflows, type Point } from '@/components/attachments/zoom';

/** Pixels by which an arrow key moves a picture that is larger than its stage. */
export const panPx = 80;

type Move = 'next' | 'previous' | 'first' | 'last' | 'in' | 'out' | 'fit' | 'real' | Point;

interface Key {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** The action of a key in the viewer, or null. Combinations with Ctrl and similar keys belong to the browser. */
export function keyMove({ key, ctrlKey, metaKey, altKey }: Key, zoom: Zoom | null, rightToLeft: boolean): Move | null {
  if (ctrlKey || metaKey || altKey) return null;
  const arrow = arrows[key];
  if (!arrow) return plain[key] ?? null;
  const side = arrow.x === 0 ? 'height' : 'width';
  if (zoom && overflows(zoom.scene, zoom.view, side)) return arrow;
  if (arrow.x === 0) return null;
  return arrow.x < 0 === rightToLeft ? 'previous' : 'next';
}

/** The picture moves against the arrow, as a page does when it scrolls. */
const arrows: Record<string, Point> = {
  ArrowLeft: { x: 1, y: 0 },
  ArrowRight: { x: -1, y: 0 },
  ArrowUp: { x: 0, y: 1 },
  ArrowDown: { x: 0, y: -1 },
};

const plain: Record<string, Exclude<Move, Point>> = {
  PageDown: 'next',
  PageUp: 'previous',
  Home: 'first',
  End: 'last',
  '+': 'in',
  '=': 'in',
  '-': 'out',
  _: 'out',
  '0': 'fit',
  '1': 'real',
};
