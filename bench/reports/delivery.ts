import type { Subject } from '@/bench/load/subject';
import { checkTarget, median, row, say, whole } from '@/bench/reports/table';
import { Delivery, type Figures, type Shape } from '@/bench/scenarios/delivery';

interface Scenario extends Shape {
  title: string;
  rounds: number;
  measureMs: number;
  /** required ratio of Parley's acknowledged messages to bare Socket.IO's */
  minRatio?: number;
}

// Several messages in flight, so that no server waits for its clients. With one, a server that stores before it acks is idle a quarter of
// the time.
const saturated = { inFlight: 4, measureMs: 4_000 };

export const shapes: Record<string, Scenario> = {
  room50: { title: 'one room of 50, saturated', rooms: 1, members: 50, senders: 50, rounds: 5, minRatio: 2, ...saturated },
  room500: { title: 'one room of 500, saturated', rooms: 1, members: 500, senders: 50, rounds: 3, minRatio: 4, ...saturated },
  rooms20: {
    ...saturated,
    ...{ title: '20 rooms of 10, 100 senders, saturated', rooms: 20, members: 10, senders: 5, rounds: 5, minRatio: 1.2 },
  },
  paced: {
    ...{ title: 'one room of 50, 500 messages a second', rooms: 1, members: 50, senders: 50, inFlight: 1 },
    ...{ rate: 500, rounds: 5, measureMs: 5_000 },
  },
};

/** Runs every subject in every round, one after another. The first subject is the baseline of the ratios. */
export async function compareDelivery(name: string, subjects: Subject[]): Promise<void> {
  const shape = shapes[name];
  if (!shape) throw new Error(`There is no shape ${name}.`);
  const runs = [];
  for (const subject of subjects)
    runs.push({ name: subject.name, delivery: await Delivery.prepare(subject, shape), figures: [] as Figures[] });
  for (let round = 0; round < shape.rounds; round += 1)
    for (const run of runs) run.figures.push(await run.delivery.round(shape.measureMs));

  const bare = runs[0]?.figures ?? [];
  say(`\n${name}: ${shape.title} (medians of ${shape.rounds} interleaved rounds)`);
  say(row(['', 'acked/s', 'x bare', 'delivered/s', 'ack p50 ms', 'p99 ms', 'server µs', 'database µs', 'load CPU']));
  for (const { name: subject, figures } of runs) {
    const of = (key: keyof Figures) => median(figures.map((figure) => figure[key]));
    const numbers = [whole(of('acked')), ratioTo(bare, figures).toFixed(2), whole(of('delivered'))];
    const times = [of('p50').toFixed(1), of('p99').toFixed(1), whole(of('serverCpu')), whole(of('databaseCpu'))];
    say(row([subject, ...numbers, ...times, of('generatorCpu').toFixed(2)]));
  }
  const parley = runs.at(-1)?.figures ?? [];
  if (shape.minRatio)
    checkTarget({
      what: `${name}, times bare Socket.IO`,
      reached: ratioTo(bare, parley),
      bound: shape.minRatio,
      kind: 'least',
    });
  if (shape.rate) {
    const p99 = (figures: Figures[]) => median(figures.map((figure) => figure.p99));
    const bound = Math.max(10, 2 * p99(bare));
    checkTarget({ what: `${name}, p99 of the ack in ms`, reached: p99(parley), bound, kind: 'most' });
  }
}

/** The median over the rounds of the ratio of acknowledged messages. */
const ratioTo = (bare: Figures[], figures: Figures[]) =>
  median(figures.map((figure, index) => figure.acked / (bare[index]?.acked ?? Number.NaN)));
