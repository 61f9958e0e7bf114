import { expect, test } from 'vitest';
import { boxOf, fillsSquare, isDrawnByBrowsers, mayBeTransparent, scaleDown } from '@/components/attachments/box';
import { keyMove } from '@/components/attachments/viewer-keys';
import { fitScale, fitted, maxScale, overflows, pan, settle, toggleScale, zoomTo } from '@/components/attachments/zoom';

const stage = { width: 1000, height: 600 };
const sceneOf = (width: number, height: number) => ({ picture: { width, height }, stage });

test.each([
  [
    { width: 10, height: 2000 },
    { width: 48, height: 320 },
  ],
  [
    { width: 2000, height: 10 },
    { width: 480, height: 48 },
  ],
  [
    { width: 1, height: 1 },
    { width: 48, height: 48 },
  ],
  [
    { width: 640, height: 400 },
    { width: 480, height: 300 },
  ],
  [
    { width: 4000, height: 4000 },
    { width: 320, height: 320 },
  ],
  [
    { width: 100, height: 60 },
    { width: 100, height: 60 },
  ],
])('a picture of %j has a place of %j', (picture, box) => {
  expect(boxOf(picture)).toEqual(box);
});

test('a picture is drawn in its own ratio, at most 480 x 320, and never larger than it is', () => {
  expect(scaleDown({ width: 10, height: 2000 })).toEqual({ width: 2, height: 320 });
  expect(scaleDown({ width: 1, height: 1 })).toEqual({ width: 1, height: 1 });
  expect(scaleDown({ width: 100_000, height: 1 })).toEqual({ width: 480, height: 1 });
});

test('a grid crops all pictures except very long and tiny ones', () => {
  expect(fillsSquare({ width: 640, height: 400 })).toBe(true);
  expect(fillsSquare({ width: 10, height: 2000 })).toBe(false);
  expect(fillsSquare({ width: 1, height: 1 })).toBe(false);
});

test('transparent pictures get a background, and pictures that browsers cannot draw show their thumbnail', () => {
  expect(['image/png', 'image/webp', 'image/tiff', 'image/gif'].map(mayBeTransparent)).toEqual([true, true, true, true]);
  expect(['image/jpeg', 'image/heic'].map(mayBeTransparent)).toEqual([false, false]);
  expect(['image/jpeg', 'image/avif', 'image/tiff', 'image/heic'].map(isDrawnByBrowsers)).toEqual([true, true, false, false]);
});

test('a fitted picture is completely in view, and never enlarged', () => {
  expect(fitted(sceneOf(2000, 600))).toEqual({ scale: 0.5, x: 0, y: 0 });
  expect(fitScale(sceneOf(100, 100))).toBe(1);
});

test('a picture can be eight times its size, and a tiny one as large as the stage', () => {
  expect(maxScale(sceneOf(2000, 600))).toBe(8);
  expect(maxScale(sceneOf(1, 1))).toBe(600);
});

test('zooming keeps the point under the pointer in place', () => {
  const scene = sceneOf(4000, 2400);
  const at = { x: 200, y: -100 };
  const before = fitted(scene);
  const after = zoomTo(scene, before, 1, at);
  const under = ({ scale, x, y }: typeof before) => [(at.x - x) / scale, (at.y - y) / scale];
  expect(after.scale).toBe(1);
  expect(under(after)[0]).toBeCloseTo(under(before)[0] ?? 0);
  expect(under(after)[1]).toBeCloseTo(under(before)[1] ?? 0);
});

test('dragging leaves no gap at an edge, and a picture smaller than the stage is centred', () => {
  const scene = sceneOf(4000, 300);
  const real = zoomTo(scene, fitted(scene), 1);
  expect(pan(scene, real, { x: 9_999, y: 50 })).toEqual({ scale: 1, x: 1500, y: 0 });
  expect(pan(scene, real, { x: -9_999, y: -50 })).toEqual({ scale: 1, x: -1500, y: 0 });
  expect(settle({ ...scene, stage: { width: 5000, height: 600 } }, { scale: 1, x: 1500, y: 0 })).toEqual({
    scale: 1,
    x: 0,
    y: 0,
  });
});

test('a picture is never smaller than fitted, nor larger than it may be', () => {
  const scene = sceneOf(2000, 600);
  expect(zoomTo(scene, fitted(scene), 0.01).scale).toBe(0.5);
  expect(zoomTo(scene, fitted(scene), 99).scale).toBe(8);
});

test('a double click zooms to the real size, or further in when it is already shown, and back', () => {
  const large = sceneOf(4000, 2400);
  expect(toggleScale(large, fitted(large))).toBe(1);
  expect(toggleScale(large, zoomTo(large, fitted(large), 1))).toBe(0.25);
  const small = sceneOf(100, 100);
  expect(toggleScale(small, fitted(small))).toBe(2.5);
});

test('arrows move a picture that is larger than the stage, and lead to the next one otherwise', () => {
  const key = (name: string) => ({ key: name, ctrlKey: false, metaKey: false, altKey: false });
  const scene = sceneOf(4000, 300);
  const zoom = (scale: number) => ({ scene, view: { scale, x: 0, y: 0 } }) as Parameters<typeof keyMove>[1];
  expect(overflows(scene, { scale: 1, x: 0, y: 0 }, 'width')).toBe(true);
  expect(keyMove(key('ArrowRight'), zoom(0.25), false)).toBe('next');
  expect(keyMove(key('ArrowRight'), zoom(0.25), true)).toBe('previous');
  expect(keyMove(key('ArrowRight'), zoom(1), false)).toEqual({ x: -1, y: 0 });
  expect(keyMove(key('ArrowDown'), zoom(1), false)).toBeNull();
  expect(keyMove({ ...key('+'), ctrlKey: true }, zoom(1), false)).toBeNull();
  expect([key('0'), key('1'), key('Home'), key('End')].map((one) => keyMove(one, zoom(1), false))).toEqual([
    'fit',
    'real',
    'first',
    'last',
  ]);
});
