import { cloneElement, createElement, isValidElement, type ReactNode } from 'react';
import type { Direction } from '@/lib/platform/text/direction';
import { isolated } from '@/lib/platform/text/isolated';

type Values = Record<string, unknown>;
type Translate<Result> = (key: string, values?: Values, ...rest: unknown[]) => Result;
type Translator = Translate<string> & { rich: Translate<ReactNode>; has: (key: string) => boolean };

/**
 * The same translator, but each inserted text (a name, a time, a title) is isolated, so that letters of the other direction in it
 * do not reorder the words around it (UAX #9, section 2.4.2). Plain text uses control characters, rich text a `<bdi>`.
 * @param around the direction of the language
 */
export function isolating<Of>(translator: Of, around: Direction): Of {
  const t = translator as Translator;
  const plain: Translate<string> = (key, values, ...rest) =>
    t(
      key,
      mapped(values, (value) => isolated(value, around)),
      ...rest,
    );
  const rich: Translate<ReactNode> = (key, values, ...rest) =>
    t.rich(
      key,
      mapped(values, (value, name) => createElement('bdi', { key: name }, value)),
      ...rest,
    );
  return Object.assign(plain, { rich, has: (key: string) => t.has(key) }) as Of;
}

/** An element in the place of a text, for `t.rich`: use-intl passes it on, although its types permit only texts. */
export const drawn = (element: ReactNode): string => element as string;

function mapped(values: Values | undefined, isolate: (text: string, name: string) => unknown): Values | undefined {
  if (!values) return undefined;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (typeof value === 'string') return [name, isolate(value, name)];
      return [name, isValidElement(value) ? cloneElement(value, { key: name }) : value];
    }),
  );
}
