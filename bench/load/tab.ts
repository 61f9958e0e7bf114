import { Agent, get } from 'node:http';
import { performance } from 'node:perf_hooks';
import { type Backoff, delayMs } from '@/bench/load/backoff';
import { WireClient } from '@/bench/load/wire';
import type { ChangesPage, ConversationPage } from '@/lib/domain/conversations/schema';
import type { Message } from '@/lib/domain/messages/schema';

/** As many at once as there are tabs, and kept: each browser has a connection of its own for requests too. */
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

export interface TabPlan {
  token: string;
  /** on screen */
  conversationId: string;
  /** how far it had read the changes of that when the connection went */
  since: number;
  /** and how far they go */
  head: number;
}

/** ms since the connection was lost, and what went wrong meanwhile */
export interface Return {
  connected: number;
  caughtUp: number;
  /** attempts to connect that were refused, or got no answer */
  failed: number;
  /** questions that were answered with an error, and asked again */
  repeated: number;
  /** connections that broke again before all was caught up */
  broken: number;
}

/**
 * One browser tab, as far as a server notices it: it comes back as Socket.IO's client does, and asks on every connect for what
 * components/realtime/provider.tsx asks for.
 */
export class Tab {
  private wire: WireClient | null = null;
  private lost: Promise<never> = new Promise(() => undefined);
  /** messages of what is on screen that came by themselves */
  received = 0;

  constructor(
    private readonly port: number,
    readonly plan: TabPlan,
  ) {}

  async open(): Promise<void> {
    const wire = await WireClient.connect(this.port, { token: this.plan.token });
    wire.onEvent = ([name, payload]) => {
      if (name !== 'message.received') return;
      const { conversationId, messages } = payload as { conversationId: string; messages: Message[] };
      if (conversationId === this.plan.conversationId) this.received += messages.length;
    };
    this.lost = new Promise((_, reject) => {
      wire.onClose = () => reject(new Error('The connection was lost.'));
    });
    this.lost.catch(() => undefined);
    this.wire = wire;
  }

  cut(): void {
    this.wire?.close();
  }

  /** Waits until the connection goes, and then until it is back and everything missed is here. */
  async comeBack(backoff: Backoff, random: () => number): Promise<Return> {
    await this.lost.catch(() => undefined);
    const began = performance.now();
    const back: Return = { connected: 0, caughtUp: 0, failed: 0, repeated: 0, broken: 0 };
    for (let attempt = 0; ; attempt += 1) {
      await new Promise((resolve) => setTimeout(resolve, delayMs(backoff, attempt, random())));
      try {
        await this.open();
      } catch {
        back.failed += 1;
        continue;
      }
      back.connected = performance.now() - began;
      attempt = -1;
      try {
        await this.catchUp(back);
        back.caughtUp = performance.now() - began;
        return back;
      } catch (error) {
        if (error instanceof AuditError) throw error;
        back.broken += 1;
        this.cut();
      }
    }
  }

  /** Says something in what is on screen. */
  async say(content: string): Promise<void> {
    const { conversationId } = this.plan;
    await this.ask('message.send', { conversationId, clientMessageId: crypto.randomUUID(), content });
  }

  private async catchUp(back: Return): Promise<void> {
    const { conversationId } = this.plan;
    const entered = this.until(back, () => this.ask('conversation.join', { conversationId }));
    const changed = entered.then(() => this.until(back, () => this.changes()));
    await Promise.all([this.until(back, () => this.list()), changed]);
  }

  /** Again after a second, as long as it is answered with an error. */
  private async until<Value>(back: Return, question: () => Promise<Value>): Promise<Value> {
    for (;;) {
      try {
        return await question();
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        back.repeated += 1;
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
    }
  }

  private async changes(): Promise<void> {
    const { conversationId, since, head } = this.plan;
    const page = await this.ask<ChangesPage>('message.changes', { conversationId, since, limit: 1_000 });
    if (page.messages.length !== head - since || page.rev !== head)
      throw new AuditError(`${page.messages.length} changes up to ${page.rev} came, and not ${head - since} up to ${head}`);
  }

  private async list(): Promise<void> {
    const text = await Promise.race([this.lost, read(this.port, '/api/conversations?limit=100', this.plan.token)]);
    const { conversations } = JSON.parse(text) as ConversationPage;
    if (!conversations.some(({ id }) => id === this.plan.conversationId)) throw new AuditError('A list came without the room.');
  }

  private async ask<Data>(event: string, input: object): Promise<Data> {
    if (!this.wire) throw new Error('Not connected.');
    const json = await Promise.race([this.lost, this.wire.ask(event, JSON.stringify(input))]);
    const [answer] = JSON.parse(json) as [{ ok: true; data: Data } | { ok: false; error: { code: string } }];
    if (!answer.ok) throw new RefusedError(`${event}: ${answer.error.code}`);
    return answer.data;
  }
}

/** An answer that is wrong, and would be again. */
class AuditError extends Error {}

/** An answer that says no, for now. */
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
