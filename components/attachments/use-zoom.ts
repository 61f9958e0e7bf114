import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from 'react';
import type { Size } from '@/components/attachments/box';
import {
  fitScale,
  fitted,
  type Point,
  pan,
  type Scene,
  settle,
  toggleScale,
  type View,
  zoomTo,
} from '@/components/attachments/zoom';

export interface Zoom {
  scene: Scene;
  view: View;
  /** the whole picture is in view, and stays so when the window changes */
  isFit: boolean;
  fit: () => void;
  /** sets the scale, or derives it from the present one */
  zoom: (scale: number | ((now: number) => number), at?: Point) => void;
  toggle: (at?: Point) => void;
  pan: (by: Point) => void;
}

/** The position of the picture with this id on its stage. Null while the stage has not been measured. */
export function useZoom(stage: RefObject<HTMLElement | null>, id: string, picture: Size): Zoom | null {
  const [size, setSize] = useState<Size | null>(null);
  // null: fitted to any size of the stage, as each picture is at first
  const [view, setView] = useState<View | null>(null);
  const [ofId, setOfId] = useState(id);
  if (ofId !== id) {
    setOfId(id);
    setView(null);
  }
  useLayoutEffect(() => {
    const { current } = stage;
    if (!current) return;
    const measure = () => setSize({ width: current.clientWidth, height: current.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [stage]);

  const { width, height } = picture;
  const change = useCallback(
    (next: (scene: Scene, view: View) => View) => {
      if (!size) return;
      const scene = { picture: { width, height }, stage: size };
      setView((now) => {
        const changed = next(scene, now ? settle(scene, now) : fitted(scene));
        return changed.scale <= fitScale(scene) ? null : changed;
      });
    },
    [size, width, height],
  );

  if (!size || size.width === 0 || size.height === 0) return null;
  const scene = { picture, stage: size };
  return {
    scene,
    view: view ? settle(scene, view) : fitted(scene),
    isFit: view === null,
    fit: () => setView(null),
    zoom: (scale, at) => change((on, now) => zoomTo(on, now, typeof scale === 'number' ? scale : scale(now.scale), at)),
    toggle: (at) => change((on, now) => zoomTo(on, now, toggleScale(on, now), at)),
    pan: (by) => change((on, now) => pan(on, now, by)),
  };
}

/** The latest value of a render, for listeners that are added once. */
export function useLatest<Value>(value: Value): RefObject<Value> {
  const [latest] = useState(() => ({ current: value }));
  useEffect(() => {
    latest.current = value;
  });
  return latest;
}
