import type { SearchEntry } from '@/client/search/entry';
import { type Question, TextScan } from '@/client/search/scan';
import * as storage from '@/client/search/storage';

/** A request of the page to the worker. */
export type Request =
  | { kind: 'open'; ownerId: string }
  | { kind: 'put'; entries: SearchEntry[] }
  | { kind: 'remove'; ids: string[] }
  | { kind: 'keepOnly'; conversationIds: string[] }
  | { kind: 'forget'; conversationIds: string[] }
  | { kind: 'purge' }
  | { kind: 'search'; question: Question };

/**
 * The recent messages of one person, in IndexedDB and, from the first search on, in memory. If the browser cannot store them, they are in
 * memory only. Requests run one after another, so nothing is written after a purge.
 */
export class LocalIndex {
  #ownerId: string | null = null;
  #scan: TextScan | null = null;
  #isStored = true;
  #last: Promise<unknown> = Promise.resolve();

  do(request: Request): Promise<SearchEntry[]> {
    const done = this.#last.then(() => this.#do(request));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #do(request: Request): Promise<SearchEntry[]> {
    if (request.kind === 'open') await this.#open(request.ownerId);
    else if (this.#ownerId === null) return [];
    else if (request.kind === 'search') return (await this.#inMemory(this.#ownerId)).search(request.question);
    else await this.#change(request, this.#ownerId);
    return [];
  }

  async #open(ownerId: string): Promise<void> {
    this.#ownerId = ownerId;
    this.#scan = null;
    await this.#store(() => storage.claim(ownerId, Date.now()));
  }

  async #change(request: Exclude<Request, { kind: 'open' | 'search' }>, ownerId: string): Promise<void> {
    switch (request.kind) {
      case 'put':
        this.#scan?.put(request.entries);
        return this.#store(() => storage.keep(ownerId, request.entries, Date.now()));
      case 'remove': {
        const gone = new Set(request.ids);
        this.#scan?.remove(({ id }) => gone.has(id));
        return this.#remove(() => storage.remove(ownerId, request.ids));
      }
      case 'keepOnly': {
        const kept = new Set(request.conversationIds);
        return this.#keepWhere(ownerId, (id) => kept.has(id));
      }
      case 'forget': {
        const gone = new Set(request.conversationIds);
        return this.#keepWhere(ownerId, (id) => !gone.has(id));
      }
      case 'purge':
        this.#ownerId = null;
        this.#scan = null;
        return this.#remove(() => storage.purge());
    }
  }

  #keepWhere(ownerId: string, isKept: (conversationId: string) => boolean): Promise<void> {
    this.#scan?.remove(({ conversationId }) => !isKept(conversationId));
    return this.#remove(() => storage.removeConversations(ownerId, isKept));
  }

  async #inMemory(ownerId: string): Promise<TextScan> {
    if (!this.#scan) {
      this.#scan = new TextScan();
      const scan = this.#scan;
      await this.#store(async () => scan.put(await storage.recall(ownerId)));
    }
    return this.#scan;
  }

  /** Removes from the store even if it has failed before, because it may still hold messages that have to go. */
  async #remove(work: () => Promise<void>): Promise<void> {
    await work().catch(() => undefined);
  }

  /** Falls back to memory alone, for later messages, when the store fails. */
  async #store(work: () => Promise<void>): Promise<void> {
    if (!this.#isStored) return;
    await work().catch(() => {
      this.#isStored = false;
      if (this.#ownerId !== null) this.#scan ??= new TextScan();
    });
  }
}
