'use client';
import { useEffect, useLayoutEffect, useRef } from 'react';

/**
 * The Back button closes what was opened last, and only then leaves. Whatever is open (a layer) has an entry of its own in the
 * history, of the same address, which says how many layers are open there. Where an entry says more or less than is open, the
 * history is put right; nothing but the browser's own Back makes layers close.
 */
interface Layer {
  close: () => void;
  /** its address is left for another one */
  leave: () => void;
  /** the number of its entry, from 1; 0 until it has one */
  entry: number;
}

/** What is open, in the order it was opened. */
let layers: Layer[] = [];
/** Entries above this one are on their way out of the history: a traversal ends some time after it was asked for. */
let isTraversing = false;
let isDue = false;
/** Waits for the traversal to end. */
let next: (() => void) | null = null;
let giveUp: ReturnType<typeof setTimeout> | undefined;
/** The address of what was opened last, until one goes elsewhere. */
let openedAt: string | null = null;

/** No traversal takes as long; should one never end, whoever waits for it goes on. Nothing is put right then: it may be late. */
const traversedWithinMs = 3_000;
const stateKey = 'parleyLayers';

const entriesHere = (): number => Number((window.history.state as Record<string, unknown> | null)?.[stateKey]) || 0;

/**
 * While `open`, the browser's Back calls `close` instead of leaving.
 * @param leave what happens when another address is gone to meanwhile
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
    settleSoon();
    return () => {
      if (!layers.includes(layer)) return;
      layers = layers.filter((other) => other !== layer);
      renumber();
      settleSoon();
    };
  }, [open]);
}

/** Follows the browser's Back and Forward, once a page. */
export function useBack(): void {
  useEffect(() => {
    // Before the router's.
    window.addEventListener('popstate', arrive, true);
    // Reloaded while something was open: nothing is any more, and its entries go.
    settleSoon();
    return () => window.removeEventListener('popstate', arrive, true);
  }, []);
}

/** Goes to another address; Back leads from there to this one, whatever is open here. */
export function pushAddress(path: string): void {
  leave(1, () => {
    // The entry of what was open here is where one is going.
    if (entriesHere() > 0) window.history.replaceState(null, '', path);
    else window.history.pushState(null, '', path);
  });
}

/** Goes to another address, and no way leads back to this one. */
export function replaceAddress(path: string): void {
  leave(0, () => window.history.replaceState(null, '', path));
}

/** Takes leave of what is open here, and keeps so many of its entries. */
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

function arrive(event: Event): void {
  const waiting = next;
  const wasOurs = isTraversing;
  endTraversal();
  const here = entriesHere();
  // The router has nothing to do between entries of one address.
  if (location.href === openedAt) event.stopImmediatePropagation();
  else openedAt = null;
  const closing = wasOurs ? [] : layers.filter(({ entry }) => entry > here);
  layers = layers.filter((layer) => !closing.includes(layer));
  for (const layer of closing.reverse()) layer.close();
  waiting?.();
  settleSoon();
}

/** One that was closed otherwise leaves the entry of the last one over. */
function renumber(): void {
  let entry = 0;
  for (const layer of layers) if (layer.entry > 0) layer.entry = ++entry;
}

/** After everything that opens and closes in one go: a menu that makes way for a dialog hands its entry on. */
function settleSoon(): void {
  if (isDue) return;
  isDue = true;
  queueMicrotask(() => {
    isDue = false;
    settle();
  });
}

function settle(): void {
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
  giveUp = setTimeout(() => {
    const waiting = next;
    endTraversal();
    waiting?.();
  }, traversedWithinMs);
  window.history.go(by);
}

function endTraversal(): void {
  clearTimeout(giveUp);
  isTraversing = false;
  next = null;
}
