import { setTimeout as wait } from 'node:timers/promises';
import type { Link, Network } from '@/tests/chaos/support/network';
import { random } from '@/tests/chaos/support/scale';

/** How often each fault was injected. */
export type FaultCounts = Record<keyof typeof faults | 'refused', number>;

/** Injects a random fault every few milliseconds for a while, then restores the network. */
export async function injectFaults(
  network: Network,
  milliseconds: number,
  everyMs: [least: number, most: number],
): Promise<FaultCounts> {
  const counts: FaultCounts = { cut: 0, halfClosed: 0, stalled: 0, delayed: 0, torn: 0, refused: 0 };
  const end = Date.now() + milliseconds;
  while (Date.now() < end) {
    await wait(random.between(...everyMs));
    const link = random.pick([...network.links]);
    network.refuses = random.next() < 0.1;
    if (network.refuses) counts.refused += 1;
    if (!link) continue;
    const fault = random.pick(Object.keys(faults) as (keyof typeof faults)[]);
    faults[fault](link);
    counts[fault] += 1;
  }
  network.calm();
  return counts;
}

const faults = {
  cut: (link: Link) => link.cut(),
  halfClosed: (link: Link) => either(link).halfClose(),
  /** for up to two seconds; then the connection either continues, or is lost with all held data */
  stalled: (link: Link) => {
    for (const pipe of random.some([link.toServer, link.toClient], random.between(1, 2))) pipe.stall();
    const after = random.next() < 0.5 ? () => link.recover() : () => link.cut();
    setTimeout(after, random.between(100, 2_000));
  },
  delayed: (link: Link) => either(link).delay(random.between(5, 200)),
  torn: (link: Link) => either(link).tear(),
};

const either = (link: Link) => random.pick([link.toServer, link.toClient]);
