import { expect, test } from 'vitest';
import { clampWidth, type FrameMemory, readFrame, sidebarLimits, writeFrame } from '@/components/state/frame-memory';

const memory: FrameMemory = {
  theme: 'dark',
  sidebarWidth: 300,
  panelOpen: true,
  folded: ['Groups'],
  welcomed: true,
  zone: 'Europe/Berlin',
  locale: 'de',
};

test('what the frame remembers survives the cookie', () => {
  expect(readFrame(writeFrame(memory))).toEqual(memory);
});

test('a cookie that nobody here wrote is the standard frame, never an error', () => {
  const standard = readFrame(undefined);
  for (const cookie of ['', '%', 'null', '[]', '"x"', '{', '%7B%22theme%22%3A1%7D'])
    expect(readFrame(cookie)).toEqual(standard);
});

test('odd values are put right one by one', () => {
  const odd = {
    theme: 'pink',
    sidebarWidth: 9_999,
    panelOpen: 'yes',
    folded: [1, 'Direct'],
    zone: 'Nowhere/Else',
    locale: 'en',
  };
  const found = readFrame(encodeURIComponent(JSON.stringify(odd)));
  expect(found).toMatchObject({
    theme: 'system',
    sidebarWidth: sidebarLimits.most,
    panelOpen: false,
    folded: ['Direct'],
    zone: 'UTC',
  });
});

test('the sidebar is neither too narrow nor too wide', () => {
  expect([clampWidth(0), clampWidth(300.4), clampWidth(1_000), clampWidth(Number.NaN)]).toEqual([220, 300, 360, 280]);
});
