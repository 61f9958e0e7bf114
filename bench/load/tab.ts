import { Agent, get } from 'node:http';
import { performance } from 'node:perf_hooks';
import { type Backoff, delayMs } from '@/bench/load/backoff';
import { WireClient } from '@/bench/load/wire';
import type { ChangesPage, ConversationPage } from '@/lib/domain/conversations/schema';
import type { Message } from '@/lib/domain/messages/schema';

/** Unlimited keep-alive connections, because each browser has its own connection for requests too. */
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

export interface TabPlan {
  token: string;
  /** the open conversation */
  conversationId: string;
  /** the rev up to which the tab had the changes when the connection was lost */
  since: number;
  /** the newest rev of the conversation */
  head: number;
}

/** times in ms since the connection was lost, and counts of failures */
export interface Reconnection {
  connected: number;
  caughtUp: number;
  /** attempts to connect that were rejected or timed out */
  failed: number;
  /** requests that failed and were repeated */
  repeated: number;
  /** connections that broke before the tab had caught up */
  broken: number;
}

/**
 * A browser tab as the server sees it: reconnects like Socket.IO's client, and sends the same requests after each connect as
 * components/realtime/provider.tsx.
 */
export class Tab {
  #wire: WireClient | null = null;
  #lost: Promise<never> = new Promise(() => undefined);
  /** messages of the open conversation received by events */
  received = 0;

  readonly #port: number;

  constructor(
    port: number,
    readonly plan: TabPlan,
  ) {
    this.#port = port;
  }

  async open(): Promise<void> {
    const wire = await WireClient.connect(this.#port, { token: this.plan.token });
    wire.onEvent = ([name, payload]) => {
      if (name !== 'message.received') return;
      const { conversationId, messages } = payload as { conversationId: string; messages: Message[] };
      if (conversationId === this.plan.conversationId) this.received += messages.length;
    };
    this.#lost = new Promise((_, reject) => {
      wire.onClose = () => reject(new Error('The connection was lost.'));
    });
    this.#lost.catch(() => undefined);
    this.#wire = wire;
  }

  cut(): void {
    this.#wire?.close();
  }

  /** Waits until the connection is lost, then reconnects and catches up. */
  async reconnect(backoff: Backoff, random: () => number): Promise<Reconnection> {
    await this.#lost.catch(() => undefined);
    const startedAt = performance.now();
    const result: Reconnection = { connected: 0, caughtUp: 0, failed: 0, repeated: 0, broken: 0 };
    for (let attempt = 0; ; attempt += 1) {
      await new Promise((resolve) => setTimeout(resolve, delayMs(backoff, attempt, random())));
      try {
        await this.open();
      } catch {
        result.failed += 1;
        continue;
      }
      result.connected = performance.now() - startedAt;
      attempt = -1;
      try {
        await this.#catchUp(result);
        result.caughtUp = performance.now() - startedAt;
        return result;
      } catch (error) {
        if (error instanceof AuditError) throw error;
        result.broken += 1;
        this.cut();
      }
    }
  }

  /** Sends a message to the open conversation. */
  async sendMessage(content: string): Promise<void> {
    const { conversationId } = this.plan;
    await this.#request('message.send', { conversationId, clientMessageId: crypto.randomUUID(), content });
  }

  async #catchUp(result: Reconnection): Promise<void> {
    const { conversationId } = this.plan;
    const joined = this.#repeat(result, () => this.#request('conversation.join', { conversationId }));
    const changed = joined.then(() => this.#repeat(result, () => this.#changes()));
    await Promise.all([this.#repeat(result, () => this.#list()), changed]);
  }

  /** Repeats a request every second until it succeeds. */
  async #repeat<Value>(result: Reconnection, request: () => Promise<Value>): Promise<Value> {
    for (;;) {
      try {
        return await request();
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        result.repeated += 1;
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
    }
  }

  async #changes(): Promise<void> {
    const { conversationId, since, head } = this.plan;
    const page = await this.#request<ChangesPage>('message.changes', { conversationId, since, limit: 1_000 });
    if (page.messages.length !== head - since || page.rev !== head)
      throw new AuditError(
        `received ${page.messages.length} changes up to ${page.rev} instead of ${head - since} up to ${head}`,
      );
  }

  async #list(): Promise<void> {
    const text = await Promise.race([this.#lost, read(this.#port, '/api/conversations?limit=100', this.plan.token)]);
    const { conversations } = JSON.parse(text) as ConversationPage;
    if (!conversations.some(({ id }) => id === this.plan.conversationId))
      throw new AuditError('The list does not contain the room.');
  }

  async #request<Data>(event: string, input: object): Promise<Data> {
    if (!this.#wire) throw new Error('Not connected.');
    const json = await Promise.race([this.#lost, this.#wire.request(event, JSON.stringify(input))]);
    const [answer] = JSON.parse(json) as [{ ok: true; data: Data } | { ok: false; error: { code: string } }];
    if (!answer.ok) throw new RefusedError(`${event}: ${answer.error.code}`);
    return answer.data;
  }
}

/** A wrong answer, which a retry would not fix. */
class AuditError extends Error {}

/** An error response to a request, which can be retried. */
class RefusedError extends Error {}

function read(port: number, path: string, token: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, agent, headers: { authorization: `Bearer ${token}` } };
    const request = get(options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === 200) resolve(text);
        else reject(new RefusedError(`${path}: ${response.statusCode}`));
      });
    });
    request.on('error', reject);
  });
}
