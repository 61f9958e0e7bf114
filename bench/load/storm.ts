import type { Backoff } from '@/bench/load/backoff';
import { randomFrom } from '@/bench/load/random';
import { type Reconnection, Tab, type TabPlan } from '@/bench/load/tab';

/** Tabs that are opened and stay open until this process ends. */
export interface TabsPlan {
  port: number;
  tabs: TabPlan[];
}

/** Makes all tabs lose their connections at once and reconnect. */
export interface StormOrder {
  backoff: Backoff;
  seed: number;
  /** whether the tabs or the server close the connections */
  cutBy: 'tabs' | 'server';
}

export interface StormOutcome {
  returns: Reconnection[];
  /** number of tabs that did not receive the message to their room afterwards exactly once */
  missed: number;
}

const concurrency = 50;
let tabs: Tab[] = [];

process.on('message', async (order: TabsPlan | StormOrder) => {
  process.send?.('tabs' in order ? await open(order) : await storm(order));
});

async function open(plan: TabsPlan): Promise<'open'> {
  tabs = plan.tabs.map((tab) => new Tab(plan.port, tab));
  const waiting = [...tabs];
  const worker = async () => {
    for (let tab = waiting.pop(); tab; tab = waiting.pop()) await tab.open();
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return 'open';
}

async function storm({ backoff, seed, cutBy }: StormOrder): Promise<StormOutcome> {
  const random = randomFrom(seed);
  const returning = tabs.map((tab) => tab.reconnect(backoff, random));
  if (cutBy === 'tabs') for (const tab of tabs) tab.cut();
  const returns = await Promise.all(returning);
  return { returns, missed: await broadcastToRooms() };
}

/** Sends one message to each room after the reconnection. @returns the number of tabs that did not receive exactly one */
async function broadcastToRooms(): Promise<number> {
  const senders = new Map(tabs.map((tab) => [tab.plan.conversationId, tab]));
  for (const tab of tabs) tab.received = 0;
  await Promise.all([...senders.values()].map((tab) => tab.sendMessage('Back again.')));
  for (const tab of tabs) {
    tab.plan.head += 1;
    tab.plan.since += 1;
  }
  const missed = () => tabs.filter(({ received }) => received !== 1).length;
  for (let waited = 0; waited < 10_000 && missed() > 0; waited += 20) await new Promise((resolve) => setTimeout(resolve, 20));
  return missed();
}
