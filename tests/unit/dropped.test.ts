import { expect, test } from 'vitest';
import { type Entry, filesOfDrop, sayDropProblem } from '@/components/attachments/dropped';
import { canPlay } from '@/components/attachments/playable';
import { isReadable } from '@/components/attachments/uploads';
import { english } from '@/tests/support/english';

interface Options {
  locked?: boolean;
}

const fileEntry = (name: string, { locked = false }: Options = {}): Entry =>
  ({
    name,
    isFile: true,
    isDirectory: false,
    file: (found: (file: File) => void, failed: (error: unknown) => void) =>
      locked ? failed(new DOMException('locked', 'NotReadableError')) : found(new File(['x'], name)),
  }) as Entry;

/** Returns its entries two at a time, as browsers return a hundred. */
const folder = (name: string, entries: Entry[], { locked = false }: Options = {}): Entry =>
  ({
    name,
    isFile: false,
    isDirectory: true,
    createReader: () => {
      const left = [...entries];
      return {
        readEntries: (found: (some: Entry[]) => void, failed: (error: unknown) => void) =>
          locked ? failed(new DOMException('locked', 'NotReadableError')) : found(left.splice(0, 2)),
      };
    },
  }) as Entry;

const namesOf = async (...dropped: (Entry | File)[]) => {
  const { files, problems } = await filesOfDrop(dropped, 10);
  return {
    names: files.map(({ name }) => name),
    problems: problems.map((problem) => sayDropProblem(problem, 10, english('attachments'))),
  };
};

test('a folder is taken file by file, with the folders in it, in the order of their names', async () => {
  const holiday = folder('Holiday', [
    fileEntry('10.jpg'),
    fileEntry('9.jpg'),
    folder('Day 2', [fileEntry('map.pdf'), fileEntry('a.txt'), fileEntry('b.txt')]),
  ]);
  expect(await namesOf(new File(['x'], 'loose.txt'), holiday)).toEqual({
    names: ['loose.txt', '9.jpg', '10.jpg', 'a.txt', 'b.txt', 'map.pdf'],
    problems: [],
  });
});

test('system files of file managers are skipped, and other hidden files are taken', async () => {
  const left = ['.DS_Store', 'Thumbs.db', 'desktop.ini', '._photo.jpg'].map((name) => fileEntry(name));
  const inner = folder('__MACOSX', [fileEntry('x')]);
  expect((await namesOf(folder('Notes', [...left, inner, fileEntry('.env'), fileEntry('a.md')]))).names).toEqual([
    '.env',
    'a.md',
  ]);
});

test('an empty folder says that it is empty', async () => {
  expect(await namesOf(folder('Empty', [folder('Deeper', [fileEntry('.DS_Store')])]))).toEqual({
    names: [],
    problems: ['There are no files in “Empty”.'],
  });
});

test('a folder with more files than a message takes is not begun with, and says why', async () => {
  const many = folder(
    'Archive',
    Array.from({ length: 11 }, (_, n) => fileEntry(`${n}.txt`)),
  );
  const { names, problems } = await namesOf(many, fileEntry('single.txt'));
  expect(names).toEqual(['single.txt']);
  expect(problems).toEqual([expect.stringContaining('“Archive” holds more than the 10 files a message takes.')]);
});

test('endless folders come to an end', async () => {
  const endless: Entry = folder('Loop', []);
  let opened = 0;
  Object.assign(endless, {
    createReader: () => {
      opened += 1;
      let given = false;
      return {
        readEntries: (found: (some: Entry[]) => void) => {
          found(given ? [] : [endless]);
          given = true;
        },
      };
    },
  });
  expect((await namesOf(endless)).problems).toEqual([expect.stringContaining('“Loop” holds more')]);
  expect(opened).toBeLessThan(3_000);
});

test('an unreadable file is named, and the rest is taken', async () => {
  const mixed = folder('Mixed', [
    fileEntry('a.txt'),
    fileEntry('locked.txt', { locked: true }),
    folder('Private', [], { locked: true }),
  ]);
  expect(await namesOf(mixed)).toEqual({
    names: ['a.txt'],
    problems: ['“locked.txt” could not be read.', '“Private” could not be read.'],
  });
});

test('an unreadable file is distinguished from a lost network', async () => {
  expect(await isReadable(new File(['some'], 'a.txt'))).toBe(true);
  const gone = new File(['some'], 'gone.txt');
  const refuse = () => Promise.reject(new DOMException('gone', 'NotFoundError'));
  Object.assign(gone, { slice: () => ({ arrayBuffer: refuse }) });
  expect(await isReadable(gone)).toBe(false);
});

test('a player appears for types that this browser plays under any of their names', () => {
  const plays = (type: string) => (['video/mp4', 'audio/mpeg'].includes(type) ? 'maybe' : '');
  expect(canPlay('video/mp4', plays)).toBe(true);
  expect(canPlay('video/quicktime', plays)).toBe(true);
  expect(canPlay('video/vnd.avi', plays)).toBe(false);
  expect(canPlay('audio/opus', plays)).toBe(false);
});
