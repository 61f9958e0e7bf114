import { type RefObject, useEffect } from 'react';
import { useLatest, type Zoom } from '@/components/attachments/use-zoom';
import type { Point } from '@/components/attachments/zoom';

const tapMs = 300;
const tapPx = 24;
const swipePx = 60;
/** Pixels per line, for wheels that count in lines. */
const linePx = 16;

interface Options {
  zoom: Zoom | null;
  /** a finger swiped a fitted picture to the left (-1) or right (1) */
  onSwipe: (towards: 1 | -1) => void;
}

/** Wheel, drag, pinch, double click and swipe on the stage. */
export function useGestures(stage: RefObject<HTMLElement | null>, options: Options): void {
  const latest = useLatest(options);
  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    const pointers = new Map<number, Point>();
    let began: Point | null = null;
    let lastTap: { at: Point; when: number } | null = null;

    const pointOf = ({ clientX, clientY }: MouseEvent): Point => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return { x: clientX - left - width / 2, y: clientY - top - height / 2 };
    };

    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? linePx : 1;
      // A pinch on a touchpad is sent as a wheel event with Ctrl, in much smaller steps.
      const power = (-event.deltaY * lines) / (event.ctrlKey ? 100 : 500);
      latest.current.zoom?.zoom((now) => now * Math.exp(Math.min(1, Math.max(-1, power))), pointOf(event));
    };

    const down = (event: PointerEvent) => {
      if (event.pointerType === 'mouse' && event.button !== 0) return;
      // Buttons and links on the stage keep their own clicks.
      if (event.target instanceof Element && event.target.closest('a, button')) return;
      element.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, pointOf(event));
      began = pointers.size === 1 ? pointOf(event) : null;
    };

    const move = (event: PointerEvent) => {
      const before = pointers.get(event.pointerId);
      if (!before) return;
      const now = pointOf(event);
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
      pointers.set(event.pointerId, now);
      const { zoom } = latest.current;
      if (!other) zoom?.pan({ x: now.x - before.x, y: now.y - before.y });
      else {
        const times = distance(now, other) / Math.max(1, distance(before, other));
        zoom?.zoom((scale) => scale * times, middle(now, other));
        zoom?.pan({ x: (now.x - before.x) / 2, y: (now.y - before.y) / 2 });
      }
    };

    const up = (event: PointerEvent) => {
      if (!pointers.delete(event.pointerId) || pointers.size > 0 || !began) return;
      const at = pointOf(event);
      const { zoom, onSwipe } = latest.current;
      if (distance(at, began) <= tapPx) tap(at, event.timeStamp);
      else if (event.pointerType === 'touch' && zoom?.isFit) {
        const { x, y } = { x: at.x - began.x, y: at.y - began.y };
        if (Math.abs(x) >= swipePx && Math.abs(x) > 2 * Math.abs(y)) onSwipe(x > 0 ? 1 : -1);
      }
      began = null;
    };

    const tap = (at: Point, when: number) => {
      const second = lastTap !== null && when - lastTap.when <= tapMs && distance(at, lastTap.at) <= tapPx;
      if (second) latest.current.zoom?.toggle(at);
      lastTap = second ? null : { at, when };
    };

    const cancel = ({ pointerId }: PointerEvent) => {
      pointers.delete(pointerId);
      began = null;
    };

    element.addEventListener('wheel', wheel, { passive: false });
    element.addEventListener('pointerdown', down);
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', up);
    element.addEventListener('pointercancel', cancel);
    return () => {
      element.removeEventListener('wheel', wheel);
      element.removeEventListener('pointerdown', down);
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerup', up);
      element.removeEventListener('pointercancel', cancel);
    };
  }, [stage, latest]);
}

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);
const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
