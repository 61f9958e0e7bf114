import type { KeyboardEvent } from 'react';
import { focusComposer } from '@/components/messages/composer-focus';
import { rowsIn } from '@/components/messages/place';

/** Arrow keys move the focus from message to message; Tab moves it on to the message's actions. */
export function walkRows(event: KeyboardEvent<HTMLElement>): void {
  const scroller = event.currentTarget;
  const target = event.target as HTMLElement;
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.key === 'Escape' && scroller.contains(target)) {
    focusComposer();
    return;
  }
  if (target !== scroller && !target.matches('article[data-row]')) return;
  const rows = rowsIn(scroller).filter((row) => row.matches('article'));
  const next = nextRow(event.key, rows, rows.indexOf(target));
  if (!next) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
}

function nextRow(key: string, rows: HTMLElement[], index: number): HTMLElement | undefined {
  if (key === 'ArrowUp') return index < 0 ? rows.at(-1) : rows[index - 1];
  if (key === 'ArrowDown') return index < 0 ? rows.at(-1) : rows[index + 1];
  if (key === 'End') return rows.at(-1);
  return key === 'Home' ? rows[0] : undefined;
}
