import { setTimeout as wait } from 'node:timers/promises';
import type { Link, Network } from '@/tests/chaos/support/network';
import { random } from '@/tests/chaos/support/scale';

/** What can befall a connection, and how often that happened. */
export type Toll = Record<keyof typeof faults | 'refused', number>;

/** Makes something fail every few milliseconds, for so long; then the network is as it should be. */
export async function batter(network: Network, milliseconds: number, everyMs: [least: number, most: number]): Promise<Toll> {
  const toll: Toll = { cut: 0, halfClosed: 0, stalled: 0, delayed: 0, torn: 0, refused: 0 };
  const end = Date.now() + milliseconds;
  while (Date.now() < end) {
    await wait(random.between(...everyMs));
    const link = random.pick([...network.links]);
    network.refuses = random.next() < 0.1;
    if (network.refuses) toll.refused += 1;
    if (!link) continue;
    const fault = random.pick(Object.keys(faults) as (keyof typeof faults)[]);
    faults[fault](link);
    toll[fault] += 1;
  }
  network.calm();
  return toll;
}

const faults = {
  cut: (link: Link) => link.cut(),
  halfClosed: (link: Link) => either(link).halfClose(),
  /** for up to two seconds; then half of them go on, and half are lost with all that was held back */
  stalled: (link: Link) => {
    for (const pipe of random.some([link.toServer, link.toClient], random.between(1, 2))) pipe.stall();
    const after = random.next() < 0.5 ? () => link.recover() : () => link.cut();
    setTimeout(after, random.between(100, 2_000));
  },
  delayed: (link: Link) => either(link).delay(random.between(5, 200)),
  torn: (link: Link) => either(link).tear(),
};

const either = (link: Link) => random.pick([link.toServer, link.toClient]);
