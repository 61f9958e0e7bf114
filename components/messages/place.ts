/**
 * Keeps the scroll position. The timeline is a column that grows from its end (`column-reverse`), and its scroll position counts
 * from the newest message. So the browser shows the end first, stays there, and does not move when older rows are added above.
 * After any other change of a height, the row at the top of the view is moved back to its place.
 */

/** A row in view and its position in the content, independent of the scroll position. */
export interface Anchor {
  key: string;
  messageId: string;
  /** pixels to the end; changes only when the content between the row and the end does */
  offset: number;
  /** pixels from the top of the view */
  top: number;
  /** the scroll position at the measurement */
  scrollTop: number;
}

const endSlackPx = 8;

/** Distance from the top of the view at which new messages begin: below the day's pill. */
export const landingPx = 56;

export const isAtEnd = (scroller: HTMLElement) => Math.abs(scroller.scrollTop) <= endSlackPx;

/** Pixels of content above the view, and below it. */
export function distances(scroller: HTMLElement): { above: number; below: number } {
  const below = Math.abs(scroller.scrollTop);
  return { below, above: scroller.scrollHeight - scroller.clientHeight - below };
}

export const rowsIn = (scroller: HTMLElement) => [...scroller.querySelectorAll<HTMLElement>('[data-row]')];

/** The first rows in view. After a change the position is measured by the first of them that still exists. */
export function findAnchors(scroller: HTMLElement, most = 6): Anchor[] {
  const { top, bottom } = scroller.getBoundingClientRect();
  const anchors: Anchor[] = [];
  for (const row of rowsIn(scroller)) {
    const rect = row.getBoundingClientRect();
    if (rect.bottom <= top) continue;
    if (rect.top >= bottom || anchors.length === most) break;
    anchors.push({
      key: row.dataset.row ?? '',
      messageId: row.dataset.messageId ?? '',
      offset: rect.top - top + scroller.scrollTop,
      top: rect.top - top,
      scrollTop: scroller.scrollTop,
    });
  }
  return anchors;
}

/** Scrolls by as much as the content in view has moved. */
export function putBack(scroller: HTMLElement, anchors: Anchor[]): void {
  const { top } = scroller.getBoundingClientRect();
  for (const anchor of anchors) {
    const row = findRow(scroller, anchor.key);
    if (!row) continue;
    const moved = row.getBoundingClientRect().top - top + scroller.scrollTop - anchor.offset;
    // When content was removed, the browser itself had to scroll; the reader did not.
    const from = distances(scroller).above < 1 ? anchor.scrollTop : scroller.scrollTop;
    if (Math.abs(from + moved - scroller.scrollTop) >= 0.5) scroller.scrollTop = from + moved;
    return;
  }
}

/** Scrolls so that the element's top is this far from the top of the view. */
export function bringTo(scroller: HTMLElement, element: HTMLElement, top: number): void {
  scroller.scrollTop += element.getBoundingClientRect().top - scroller.getBoundingClientRect().top - top;
}

export function bringToMiddle(scroller: HTMLElement, element: HTMLElement): void {
  bringTo(scroller, element, Math.max(48, (scroller.clientHeight - element.offsetHeight) / 2));
}

export const findRow = (scroller: HTMLElement, key: string) =>
  scroller.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`);

export const findMessageRow = (scroller: HTMLElement, messageId: string) =>
  scroller.querySelector<HTMLElement>(`[data-message-id="${CSS.escape(messageId)}"]`);

/** The highest seq whose row was seen: its end is in view, or it is taller than the view and fills it. */
export function lastSeenSeq(scroller: HTMLElement): number {
  const view = scroller.getBoundingClientRect();
  let seen = 0;
  for (const row of rowsIn(scroller)) {
    const rect = row.getBoundingClientRect();
    if (rect.top >= view.bottom) break;
    const seq = Number(row.dataset.seq ?? 0);
    if (rect.bottom > view.top && (rect.bottom <= view.bottom + endSlackPx || rect.height > view.height))
      seen = Math.max(seen, seq);
  }
  return Number.isFinite(seen) ? seen : 0;
}

/** The reader's position in conversations that they left; null: at the end. */
const places = new Map<string, Anchor | null>();
const placesKept = 200;

export const placeIn = (conversationId: string) => places.get(conversationId) ?? null;

export function keepPlace(conversationId: string, anchor: Anchor | null): void {
  places.delete(conversationId);
  places.set(conversationId, anchor);
  const [oldest] = places.keys();
  if (places.size > placesKept && oldest !== undefined) places.delete(oldest);
}
