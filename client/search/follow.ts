import type { QueryClient } from '@tanstack/react-query';
import { api } from '@/client/api/api';
import { keys } from '@/client/api/keys';
import { entryOf, type SearchEntry } from '@/client/search/entry';
import { ask, stop } from '@/client/search/local-search';
import { purge } from '@/client/search/storage';
import { useConnectionStore } from '@/client/socket/connection';
import type { ClientSocket } from '@/client/socket/socket';
import type { MessageWindow } from '@/client/state/state';
import type { ConversationPage } from '@/lib/domain/conversations/schema';
import type { Message } from '@/lib/domain/messages/schema';
import type { Me } from '@/lib/domain/users/schema';

/**
 * Keeps the local index as this browser's view of the server: what is loaded and what arrives goes in; what is deleted, the
 * conversations one is no longer in, and everything when the session ends, goes out.
 * @returns stops it
 */
export function follow(client: QueryClient, socket: ClientSocket, me: string): () => void {
  void ask({ kind: 'open', ownerId: me });
  const feed = new Feed(client);
  const receive = ({ messages }: { messages: Message[] }) => feed.take(messages);
  const changed = ({ message }: { message: Message }) => feed.take([message]);
  socket.on('message.received', receive as never);
  for (const name of ['message.edited', 'message.deleted'] as const) socket.on(name, changed as never);
  feed.takeList();
  feed.takeAll();
  const cache = client.getQueryCache();
  const unsubscribe = cache.subscribe(({ type, query }) => {
    if (type !== 'updated' && type !== 'added') return;
    if (query.queryKey[0] === 'messages') feed.takeWindow(query.state.data);
    else if (query.queryKey[0] === keys.conversations[0]) feed.takeList();
  });
  const unwatch = useConnectionStore.subscribe(({ signedOut }, before) => {
    if (signedOut && !before.signedOut) void ask({ kind: 'purge' });
    if (!signedOut && before.signedOut) void reopen(me, feed);
  });
  return () => {
    socket.off('message.received', receive as never);
    for (const name of ['message.edited', 'message.deleted'] as const) socket.off(name, changed as never);
    unsubscribe();
    unwatch();
    stop();
  };
}

/** The same page goes on after signing in again, unless it was somebody else who did: then nothing on it is theirs. */
async function reopen(me: string, feed: Feed): Promise<void> {
  const { user } = await api.get<{ user: Me }>('/api/me');
  if (user.id !== me) return location.reload();
  void ask({ kind: 'open', ownerId: me });
  feed.takeAll();
}

/** Empties this browser's index, on signing out. */
export async function purgeLocalSearch(): Promise<void> {
  await ask({ kind: 'purge' });
  stop();
  await purge().catch(() => undefined);
}

/** Hands on what is new of the query cache, once. */
class Feed {
  readonly #client: QueryClient;
  #seen = new WeakSet<Message>();
  #listed = new Set<string>();
  #list: unknown;
  /** the list has been whole, and has followed every change since */
  #isWhole = false;
  readonly #put = new Map<string, SearchEntry>();
  readonly #gone = new Set<string>();

  constructor(client: QueryClient) {
    this.#client = client;
  }

  takeWindow(data: unknown): void {
    const { messages = [] } = (data ?? {}) as Partial<MessageWindow>;
    this.take(messages);
  }

  take(messages: Message[]): void {
    if (messages.every((message) => this.#seen.has(message))) return;
    if (this.#put.size + this.#gone.size === 0) queueMicrotask(() => this.#flush());
    for (const message of messages) {
      if (this.#seen.has(message)) continue;
      this.#seen.add(message);
      const entry = entryOf(message);
      if (entry) this.#put.set(message.id, entry);
      else this.#gone.add(message.id);
    }
  }

  /** Everything that the page holds, also what an index has had that was emptied since. */
  takeAll(): void {
    this.#seen = new WeakSet();
    for (const [, window] of this.#client.getQueriesData({ queryKey: ['messages'] })) this.takeWindow(window);
    this.take(this.#latest());
  }

  /** Conversations that have gone from the list take their messages with them; a whole list says so of all others, too. */
  takeList(): void {
    const page = this.#page();
    if (!page || page === this.#list) return;
    this.#list = page;
    const listed = new Set(page.conversations.map(({ id }) => id));
    const gone = [...this.#listed].filter((id) => !listed.has(id));
    const becomesWhole = page.nextCursor === null && !this.#isWhole;
    this.#listed = listed;
    this.#isWhole ||= becomesWhole;
    if (becomesWhole) {
      void ask({ kind: 'keepOnly', conversationIds: [...listed] });
      this.takeAll();
    } else if (gone.length > 0) void ask({ kind: 'forget', conversationIds: gone });
    this.take(this.#latest());
  }

  #page(): ConversationPage | undefined {
    return this.#client.getQueryData<ConversationPage>(keys.conversations);
  }

  #latest(): Message[] {
    return (this.#page()?.conversations ?? []).flatMap(({ lastMessage }) => (lastMessage ? [lastMessage] : []));
  }

  /** Only of conversations that one is in: a public group that one looks at may be left as quickly. */
  #flush(): void {
    const entries = [...this.#put.values()].filter(({ conversationId }) => this.#listed.has(conversationId));
    const ids = [...this.#gone];
    this.#put.clear();
    this.#gone.clear();
    if (entries.length > 0) void ask({ kind: 'put', entries });
    if (ids.length > 0) void ask({ kind: 'remove', ids });
  }
}
