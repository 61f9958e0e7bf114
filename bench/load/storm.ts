import type { Backoff } from '@/bench/load/backoff';
import { randomFrom } from '@/bench/load/random';
import { type Return, Tab, type TabPlan } from '@/bench/load/tab';

/** Tabs that are open; until this process is ended. */
export interface TabsPlan {
  port: number;
  tabs: TabPlan[];
}

/** They lose their connections, all at once, and come back. */
export interface StormOrder {
  backoff: Backoff;
  seed: number;
  /** cut here, or by a server that ends */
  cutBy: 'tabs' | 'server';
}

export interface StormOutcome {
  returns: Return[];
  /** of the messages that one person of each room sent afterwards, those that did not come, or came twice */
  missed: number;
}

const atOnce = 50;
let tabs: Tab[] = [];

process.on('message', async (order: TabsPlan | StormOrder) => {
  process.send?.('tabs' in order ? await open(order) : await storm(order));
});

async function open(plan: TabsPlan): Promise<'open'> {
  tabs = plan.tabs.map((tab) => new Tab(plan.port, tab));
  const waiting = [...tabs];
  const line = async () => {
    for (let tab = waiting.pop(); tab; tab = waiting.pop()) await tab.open();
  };
  await Promise.all(Array.from({ length: atOnce }, line));
  return 'open';
}

async function storm({ backoff, seed, cutBy }: StormOrder): Promise<StormOutcome> {
  const random = randomFrom(seed);
  const returning = tabs.map((tab) => tab.comeBack(backoff, random));
  if (cutBy === 'tabs') for (const tab of tabs) tab.cut();
  const returns = await Promise.all(returning);
  return { returns, missed: await tellEverybody() };
}

/** Whoever is back is told again what is said: each room is told one thing. */
async function tellEverybody(): Promise<number> {
  const speakers = new Map(tabs.map((tab) => [tab.plan.conversationId, tab]));
  for (const tab of tabs) tab.received = 0;
  await Promise.all([...speakers.values()].map((tab) => tab.say('Back again.')));
  for (const tab of tabs) {
    tab.plan.head += 1;
    tab.plan.since += 1;
  }
  const missed = () => tabs.filter(({ received }) => received !== 1).length;
  for (let waited = 0; waited < 10_000 && missed() > 0; waited += 20) await new Promise((resolve) => setTimeout(resolve, 20));
  return missed();
}
