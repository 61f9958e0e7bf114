'use client';
import { createElement, type ReactNode, useMemo } from 'react';
import { useLanguage } from '@/client/intl/language';
import { useFormatter } from '@/client/intl/translations';
import { isolated } from '@/lib/platform/text/isolated';

/** Lists names in the reader's language, each isolated: 'Ada, Ben and Cleo'. */
export function useNames(): { inText: (names: string[]) => string; drawn: (names: string[]) => ReactNode } {
  const { list } = useFormatter();
  const { direction } = useLanguage();
  return useMemo(
    () => ({
      inText: (names) => {
        const apart = names.map((name) => isolated(name, direction));
        return canList() ? list(apart) : apart.join(', ');
      },
      drawn: (names) => {
        // The index is the key, because two people may have the same name.
        const elements = names.map((name, index) => createElement('bdi', { key: index }, name));
        return canList() ? list(elements) : elements.flatMap((element, index) => (index > 0 ? [', ', element] : [element]));
      },
    }),
    [list, direction],
  );
}

/** Some browsers lack Intl.ListFormat. */
const canList = () => typeof Intl.ListFormat === 'function';
