import type { Size } from '@/components/attachments/box';

/** The position of a picture on the stage. */
export interface View {
  /** CSS pixels per pixel of the picture; 1 is its real size */
  scale: number;
  /** CSS pixels from the centre of the stage to the centre of the picture */
  x: number;
  y: number;
}

export interface Point {
  x: number;
  y: number;
}

/** The sizes of the picture and of its stage. */
export interface Scene {
  picture: Size;
  stage: Size;
}

/** The factor of one press of a key or button. */
export const zoomStep = 1.5;
const maxTimes = 8;

/** The whole picture in view, never enlarged. */
export const fitScale = ({ picture, stage }: Scene) => Math.min(1, filling({ picture, stage }));

/** Eight times the real size; for a tiny picture as much as fills the stage. */
export const maxScale = (scene: Scene) => Math.max(maxTimes, filling(scene));

export const fitted = (scene: Scene): View => ({ scale: fitScale(scene), x: 0, y: 0 });

/** Whether the picture is larger than the stage in that direction. */
export const overflows = ({ picture, stage }: Scene, { scale }: View, side: keyof Size) =>
  picture[side] * scale > stage[side] + 0.5;

/** Zooms to a scale within the limits. The point `at` (from the centre of the stage) stays in place. */
export function zoomTo(scene: Scene, view: View, scale: number, at: Point = { x: 0, y: 0 }): View {
  const next = Math.min(maxScale(scene), Math.max(fitScale(scene), scale));
  const times = next / view.scale;
  return settle(scene, { scale: next, x: at.x - (at.x - view.x) * times, y: at.y - (at.y - view.y) * times });
}

export const pan = (scene: Scene, view: View, by: Point): View =>
  settle(scene, { ...view, x: view.x + by.x, y: view.y + by.y });

/** The scale after a double click: zoomed in, real size where that is larger, or fitted again. */
export function toggleScale(scene: Scene, view: View): number {
  const fit = fitScale(scene);
  if (view.scale > fit * 1.01) return fit;
  return fit < 0.75 ? 1 : Math.min(maxScale(scene), fit * 2.5);
}

/** Centres the picture where it is smaller than the stage; otherwise it leaves no gap at an edge. */
export function settle({ picture, stage }: Scene, { scale, x, y }: View): View {
  const within = (value: number, side: keyof Size) => {
    const room = (picture[side] * scale - stage[side]) / 2;
    return room <= 0 ? 0 : Math.min(room, Math.max(-room, value));
  };
  return { scale, x: within(x, 'width'), y: within(y, 'height') };
}

const filling = ({ picture, stage }: Scene) => Math.min(stage.width / picture.width, stage.height / picture.height);
