/** An item in an order of recency. */
export interface Recent {
  older: Recent | null;
  newer: Recent | null;
}

/**
 * Items ordered by their last use: a linked list through the items themselves. A Map with delete and set would have the same
 * order, but it grows in the old generation with each use (docs/decisions/017).
 */
export class Recency<Item extends Recent> {
  #first: Recent | null = null;
  #last: Recent | null = null;

  /** the least recently used item */
  get oldest(): Item | null {
    return this.#first as Item | null;
  }

  /** Moves an item to the end, or adds it there. */
  touch(item: Item): void {
    if (this.#last === item) return;
    this.remove(item);
    item.older = this.#last;
    if (this.#last) this.#last.newer = item;
    else this.#first = item;
    this.#last = item;
  }

  /** Does nothing when the item is not in the list. */
  remove(item: Item): void {
    const { older, newer } = item;
    if (older) older.newer = newer;
    else if (this.#first === item) this.#first = newer;
    if (newer) newer.older = older;
    else if (this.#last === item) this.#last = older;
    item.older = null;
    item.newer = null;
  }
}
