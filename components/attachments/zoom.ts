import type { Size } from '@/components/attachments/box';

/** How a picture lies on the stage. */
export interface View {
  /** CSS pixels a pixel of the picture; 1 is its real size */
  scale: number;
  /** CSS pixels from the middle of the stage to the middle of the picture */
  x: number;
  y: number;
}

export interface Point {
  x: number;
  y: number;
}

/** The picture, and what it is seen on. */
export interface Scene {
  picture: Size;
  stage: Size;
}

/** What one press of a key or button does. */
export const zoomStep = 1.5;
const maxTimes = 8;

/** All of it in view, and never larger than it is. */
export const fitScale = ({ picture, stage }: Scene) => Math.min(1, filling({ picture, stage }));

/** Eight times its size; a tiny one until it fills the stage. */
export const maxScale = (scene: Scene) => Math.max(maxTimes, filling(scene));

export const fitted = (scene: Scene): View => ({ scale: fitScale(scene), x: 0, y: 0 });

/** Whether there is more of it than is seen, in that direction. */
export const overflows = ({ picture, stage }: Scene, { scale }: View, side: keyof Size) =>
  picture[side] * scale > stage[side] + 0.5;

/** To a scale within bounds; what is at this point (from the middle of the stage) stays under it. */
export function zoomTo(scene: Scene, view: View, scale: number, at: Point = { x: 0, y: 0 }): View {
  const next = Math.min(maxScale(scene), Math.max(fitScale(scene), scale));
  const times = next / view.scale;
  return settle(scene, { scale: next, x: at.x - (at.x - view.x) * times, y: at.y - (at.y - view.y) * times });
}

export const pan = (scene: Scene, view: View, by: Point): View =>
  settle(scene, { ...view, x: view.x + by.x, y: view.y + by.y });

/** Where two presses lead: in, to its real size where that is larger, and out again. */
export function toggleScale(scene: Scene, view: View): number {
  const fit = fitScale(scene);
  if (view.scale > fit * 1.01) return fit;
  return fit < 0.75 ? 1 : Math.min(maxScale(scene), fit * 2.5);
}

/** In the middle where it is smaller than the stage; else without a gap at an edge. */
export function settle({ picture, stage }: Scene, { scale, x, y }: View): View {
  const within = (value: number, side: keyof Size) => {
    const room = (picture[side] * scale - stage[side]) / 2;
    return room <= 0 ? 0 : Math.min(room, Math.max(-room, value));
  };
  return { scale, x: within(x, 'width'), y: within(y, 'height') };
}

const filling = ({ picture, stage }: Scene) => Math.min(stage.width / picture.width, stage.height / picture.height);
