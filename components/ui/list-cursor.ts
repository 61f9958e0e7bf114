'use client';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';

/**
 * Keyboard navigation of a list from its search field: the focus stays in the field, the arrows move the highlight, Enter selects.
 * @param resetKey usually the query; when it changes, the first row is highlighted again
 * @param initial the row to begin with, where it is not the first one
 */
export function useListCursor(count: number, onChoose: (index: number) => void, resetKey: string, initial = 0) {
  const id = useId();
  const [place, setPlace] = useState({ at: initial, key: resetKey });
  const list = useRef<HTMLDivElement>(null);
  const at = place.key === resetKey ? Math.max(0, Math.min(place.at, count - 1)) : 0;
  const moveTo = (index: number) => setPlace({ at: index, key: resetKey });

  useEffect(() => {
    list.current?.querySelector(`[data-index="${at}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const onKeyDown = (event: KeyboardEvent) => {
    // Enter during an input-method composition chooses a character, not a row.
    if (event.nativeEvent.isComposing || count === 0) return;
    if (event.key === 'ArrowDown') moveTo((at + 1) % count);
    else if (event.key === 'ArrowUp') moveTo((at - 1 + count) % count);
    else if (event.key === 'Enter') onChoose(at);
    else return;
    event.preventDefault();
  };

  return {
    field: {
      role: 'combobox' as const,
      'aria-expanded': count > 0,
      'aria-controls': `${id}-list`,
      'aria-autocomplete': 'list' as const,
      'aria-activedescendant': count > 0 ? `${id}-${at}` : undefined,
      onKeyDown,
    },
    list: (label: string) => ({ ref: list, id: `${id}-list`, role: 'listbox' as const, 'aria-label': label }),
    row: (index: number) => ({
      id: `${id}-${index}`,
      role: 'option' as const,
      tabIndex: -1,
      'data-index': index,
      'aria-selected': index === at,
      onPointerMove: () => index !== at && moveTo(index),
      onClick: () => onChoose(index),
    }),
  };
}
