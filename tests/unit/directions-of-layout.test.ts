import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

// A right-to-left page is the same page, mirrored, so no style may name left or right.

const files = ['app', 'client', 'components'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(tsx?|css)$/.test(file))
    .map((file) => `${folder}/${file}`),
);

/** Tailwind classes of one side, with any variants: 'sm:pl-4', '-ml-2', 'rounded-tr-lg'. */
const physicalClass =
  /(?<![\w-])-?(?:m[lr]|p[lr]|left|right|scroll-[mp][lr]|border-[lr]|rounded-(?:[lr]|[tb][lr])|inset-[lr])(?:-[\w.[\]()%/]+)?!?(?=["'\s`])|(?<![\w-])(?:text|float|clear)-(?:left|right)(?![\w-])/g;

/** Properties and values of one side. The alignment of a table's column is chosen by the author of the message. */
const physicalStyle =
  /^\s*(?:(?:margin|padding|border)-(?:left|right)[\w-]*|left|right|(?:text-align|float|clear):\s*(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius)\s*:?/gm;

const classesIn = (source: string) =>
  [...source.matchAll(/(["'`])((?:(?!\1)[^\\\n])*)\1/g)].flatMap(([text]) => text.match(physicalClass) ?? []);

const where = (pattern: RegExp, find: (source: string) => string[]) =>
  files
    .filter((file) => pattern.test(file))
    .flatMap((file) => find(readFileSync(file, 'utf8')).map((found) => `${file}: ${found}`));

describe('the layout', () => {
  test('names no side by left or right', () => {
    // Radix's `side` is allowed: its arrows and menus flip by themselves.
    const isClass = (found: string) => found !== 'left' && found !== 'right';
    expect(where(/\.tsx?$/, (source) => classesIn(source).filter(isClass))).toEqual([]);
  });

  test('has no property of the left or right', () => {
    const aligned = /\.to-(left|right) \{[^}]*\}/g;
    expect(where(/\.css$/, (source) => source.replace(aligned, '').match(physicalStyle) ?? [])).toEqual([]);
  });

  test('is read closely enough to find one', () => {
    const found = `'flex pl-2 sm:-ml-4 text-left' "absolute right-0" \`rounded-tl-lg border-l\` 'left-[3px]'`;
    expect(classesIn(found)).toEqual(['pl-2', '-ml-4', 'text-left', 'right-0', 'rounded-tl-lg', 'border-l', 'left-[3px]']);
    expect(classesIn(`'ps-2 me-4 text-start inset-x-0 leftover' "start-0 border-s"`)).toEqual([]);
    expect('a {\n  margin-left: 1px;\n  text-align: right;\n}'.match(physicalStyle)).toHaveLength(2);
  });

  test.each(['ArrowLeft', 'ArrowRight', 'ChevronLeft', 'ChevronRight', 'Reply', 'LogOut', 'PanelRight'])(
    'mirrors the icon %s wherever it stands',
    (icon) => {
      const uses = files.flatMap((file) => readFileSync(file, 'utf8').match(new RegExp(`<${icon}\\b[^>]*>`, 'g')) ?? []);
      expect(uses.filter((use) => !/rtl:(-scale-x-100|rotate-180)/.test(use))).toEqual([]);
    },
  );
});
