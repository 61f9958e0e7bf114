'use client';
import { useEffect, useLayoutEffect, useRef } from 'react';

/**
 * Makes the Back button close the topmost layer (a dialog, menu or panel) before it leaves the page. Each open layer has its own history
 * entry with the same address, whose state holds the number of open layers. When that number differs from the layers that are open,
 * entries are added or removed. Only the browser's Back closes layers.
 */
interface Layer {
  close: () => void;
  /** called when the page navigates to another address */
  leave: () => void;
  /** the number of its history entry, from 1; 0 before it has one */
  entry: number;
}

/** Open layers, in the order they were opened. */
let layers: Layer[] = [];
/** A `history.go()` is in flight. Traversals are asynchronous. */
let isTraversing = false;
let isScheduled = false;
/** Runs when the traversal has ended. */
let next: (() => void) | null = null;
let timeoutTimer: ReturnType<typeof setTimeout> | undefined;
/** The address at which the last layer was opened; null after navigating elsewhere. */
let openedAt: string | null = null;

/** After this timeout the traversal counts as lost, and `next` runs. The history is not corrected then, since it may still arrive. */
const traversalTimeoutMs = 3_000;
const stateKey = 'parleyLayers';

const entriesHere = (): number => Number((window.history.state as Record<string, unknown> | null)?.[stateKey]) || 0;

/**
 * While `open`, the browser's Back calls `close` instead of leaving.
 * @param leave called when the page navigates to another address while open
 */
export function useCloseOnBack(open: boolean, close: () => void, leave = close): void {
  const latest = useRef({ close, leave });
  useLayoutEffect(() => {
    latest.current = { close, leave };
  });
  useLayoutEffect(() => {
    if (!open) return;
    const layer: Layer = { close: () => latest.current.close(), leave: () => latest.current.leave(), entry: 0 };
    layers.push(layer);
    scheduleSync();
    return () => {
      if (!layers.includes(layer)) return;
      layers = layers.filter((other) => other !== layer);
      renumber();
      scheduleSync();
    };
  }, [open]);
}

/** Handles the browser's Back and Forward. Used once per page. */
export function useBack(): void {
  useEffect(() => {
    // Capture, to run before the router's listener.
    window.addEventListener('popstate', onPopState, true);
    // After a reload no layer is open, so remove the entries of earlier layers.
    scheduleSync();
    return () => window.removeEventListener('popstate', onPopState, true);
  }, []);
}

/** Navigates to another address. Back returns to this one, whatever layers are open here. */
export function pushAddress(path: string): void {
  leave(1, () => {
    // Reuse the entry of a layer that was open here.
    if (entriesHere() > 0) window.history.replaceState(null, '', path);
    else window.history.pushState(null, '', path);
  });
}

/** Navigates to another address and removes this one from the history. */
export function replaceAddress(path: string): void {
  leave(0, () => window.history.replaceState(null, '', path));
}

/** Closes all layers for a navigation, and keeps `entries` of their history entries. */
function leave(entries: number, go: () => void): void {
  const left = layers;
  layers = [];
  openedAt = null;
  for (const layer of left) layer.leave();
  const run = () => {
    const surplus = entriesHere() - entries;
    if (surplus > 0) traverse(-surplus, go);
    else go();
  };
  if (isTraversing) next = run;
  else run();
}

function onPopState(event: Event): void {
  const waiting = next;
  const wasTraversing = isTraversing;
  endTraversal();
  const here = entriesHere();
  // The router must not handle a move between entries of the same address.
  if (location.href === openedAt) event.stopImmediatePropagation();
  else openedAt = null;
  const closing = wasTraversing ? [] : layers.filter(({ entry }) => entry > here);
  layers = layers.filter((layer) => !closing.includes(layer));
  for (const layer of closing.reverse()) layer.close();
  waiting?.();
  scheduleSync();
}

/** Renumbers the entries after a layer closed without Back; the last entry is then surplus. */
function renumber(): void {
  let entry = 0;
  for (const layer of layers) if (layer.entry > 0) layer.entry = ++entry;
}

/** Runs once after all layers that open and close in the same task, so that a dialog takes over the entry of the menu it replaces. */
function scheduleSync(): void {
  if (isScheduled) return;
  isScheduled = true;
  queueMicrotask(() => {
    isScheduled = false;
    syncHistory();
  });
}

function syncHistory(): void {
  if (isTraversing) return;
  const surplus = entriesHere() - layers.length;
  if (surplus > 0) {
    traverse(-surplus, null);
    return;
  }
  for (const [index, layer] of layers.entries()) {
    layer.entry = index + 1;
    if (layer.entry > entriesHere()) {
      window.history.pushState({ [stateKey]: layer.entry }, '');
      openedAt = location.href;
    }
  }
}

function traverse(by: number, then: (() => void) | null): void {
  isTraversing = true;
  next = then;
  timeoutTimer = setTimeout(() => {
    const waiting = next;
    endTraversal();
    waiting?.();
  }, traversalTimeoutMs);
  window.history.go(by);
}

function endTraversal(): void {
  clearTimeout(timeoutTimer);
  isTraversing = false;
  next = null;
}
