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
 * Keeps the local index up to date. It adds messages that the page loads or receives. It removes deleted messages, those of conversations
 * that the person left, and all messages when the session ends.
 * @returns a function that stops this
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
    if (signedOut && !before.signedOut) {
      void ask({ kind: 'purge' });
      forgetAnswers(client);
    }
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

/** Continues after another sign-in. Reloads the page when a different person signed in, because nothing on it may be shown to them. */
async function reopen(me: string, feed: Feed): Promise<void> {
  const { user } = await api.get<{ user: Me }>('/api/me');
  if (user.id !== me) return location.reload();
  void ask({ kind: 'open', ownerId: me });
  feed.takeAll();
}

/** Drops the server's search answers, which may hold messages that the person may no longer read. Visible ones are requested again. */
const forgetAnswers = (client: QueryClient): void => void client.resetQueries({ queryKey: keys.searches });

/** Empties this browser's index. Called when the person signs out. */
export async function purgeLocalSearch(): Promise<void> {
  await Promise.all([ask({ kind: 'purge' }), purge().catch(() => undefined)]);
  stop();
}

/** Sends each new message of the query cache to the worker once. */
class Feed {
  readonly #client: QueryClient;
  #seen = new WeakSet<Message>();
  #listed = new Set<string>();
  #list: unknown;
  /** whether the list of conversations has ever been complete; events keep it complete from then on */
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

  /** Sends all loaded messages, including those that were sent before: the index may have been emptied since. */
  takeAll(): void {
    this.#seen = new WeakSet();
    for (const [, window] of this.#client.getQueriesData({ queryKey: ['messages'] })) this.takeWindow(window);
    this.take(this.#latest());
  }

  /** Removes messages of conversations that left the list; when the list is first complete, those of all conversations not in it. */
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
    if (gone.length > 0) forgetAnswers(this.#client);
    this.take(this.#latest());
  }

  #page(): ConversationPage | undefined {
    return this.#client.getQueryData<ConversationPage>(keys.conversations);
  }

  #latest(): Message[] {
    return (this.#page()?.conversations ?? []).flatMap(({ lastMessage }) => (lastMessage ? [lastMessage] : []));
  }

  /** Adds only messages of the person's own conversations. A public group that is only previewed would never be removed again. */
  #flush(): void {
    const entries = [...this.#put.values()].filter(({ conversationId }) => this.#listed.has(conversationId));
    const ids = [...this.#gone];
    this.#put.clear();
    this.#gone.clear();
    if (entries.length > 0) void ask({ kind: 'put', entries });
    if (ids.length > 0) void ask({ kind: 'remove', ids });
  }
}
