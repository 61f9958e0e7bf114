/** Something in an order of recency. */
export interface Recent {
  older: Recent | null;
  newer: Recent | null;
}

/**
 * Items by when they were last touched: a list linked through the items themselves. A Map, taken out of and put into again, would
 * have the same order, but it grows with each of it among what is old (docs/decisions/017).
 */
export class Recency<Item extends Recent> {
  #first: Recent | null = null;
  #last: Recent | null = null;

  /** touched longest ago */
  get oldest(): Item | null {
    return this.#first as Item | null;
  }

  /** Puts a new item, or one of these, behind all others. */
  touch(item: Item): void {
    if (this.#last === item) return;
    this.remove(item);
    item.older = this.#last;
    if (this.#last) this.#last.newer = item;
    else this.#first = item;
    this.#last = item;
  }

  /** Nothing when it is not one of these. */
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
