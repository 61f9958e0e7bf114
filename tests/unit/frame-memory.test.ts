import { expect, test } from 'vitest';
import { clampWidth, type FrameMemory, readFrame, sidebarLimits, writeFrame } from '@/client/browser/frame-memory';

const memory: FrameMemory = {
  theme: 'dark',
  sidebarWidth: 300,
  panelOpen: true,
  folded: ['Groups'],
  welcomed: true,
  zone: 'Europe/Berlin',
  locale: 'de',
};

test('the frame’s state survives the cookie', () => {
  expect(readFrame(writeFrame(memory))).toEqual(memory);
});

test('a foreign cookie gives the default frame, never an error', () => {
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
    sidebarWidth: sidebarLimits.max,
    panelOpen: false,
    folded: ['Direct'],
    zone: 'UTC',
  });
});

test('the sidebar is neither too narrow nor too wide', () => {
  expect([clampWidth(0), clampWidth(300.4), clampWidth(1_000), clampWidth(Number.NaN)]).toEqual([220, 300, 360, 280]);
});

test('a time zone that is unknown here is UTC, and a language that is unknown here is English, each for itself', () => {
  const read = (odd: unknown) =>
    readFrame(encodeURIComponent(JSON.stringify({ zone: 'Asia/Kathmandu', locale: 'de', ...(odd as object) })));
  for (const zone of [
    'Foo/Bar',
    '',
    'Etc/Unknown',
    '../UTC',
    ':Europe/Berlin',
    'UTC\u0000',
    'x'.repeat(4_000),
    null,
    7,
    ['UTC'],
  ])
    expect(read({ zone }), String(zone)).toMatchObject({ zone: 'UTC', locale: 'de' });
  for (const locale of [
    'xx-invalid',
    'C',
    'POSIX',
    'de_DE',
    'en_US.UTF-8',
    '',
    '*',
    'x-private',
    '\u0000',
    null,
    7,
    ['de', 'x'],
  ])
    expect(read({ locale }), String(locale)).toMatchObject({ zone: 'Asia/Kathmandu', locale: 'en' });
  expect(read({ zone: undefined, locale: undefined })).toMatchObject({ zone: 'UTC', locale: 'en' });
});
