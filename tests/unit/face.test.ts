import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Face, type FaceSize } from '@/components/ui/face';

const sourceAt = (size: FaceSize, image: string) =>
  /src="([^"]*)"/.exec(renderToStaticMarkup(createElement(Face, { id: '1', name: 'Ada', image, size })))?.[1];

test('faces of all small sizes are one small copy of the picture, and the large one is a larger copy', () => {
  const image = '/api/uploads/1/picture';
  const small = [16, 20, 24, 32, 36, 40] as const;
  expect(new Set(small.map((size) => sourceAt(size, image)))).toEqual(new Set([`${image}?size=96`]));
  expect(sourceAt(72, image)).toBe(`${image}?size=192`);
});

test('a picture that was chosen just now is shown as it is', () => {
  expect(sourceAt(72, '/api/uploads/1')).toBe('/api/uploads/1');
});
