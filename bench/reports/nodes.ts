import { pinningProblem } from '@/bench/load/pinning';
import type { Database } from '@/bench/load/subject';
import { median, row, say, whole } from '@/bench/reports/table';
import type { Figures, Shape } from '@/bench/scenarios/delivery';
import { Cluster, type CpuTimes, pinned } from '@/bench/scenarios/nodes';

const rounds = 3;
const measureMs = 3_000;

const shapes: (Shape & { title: string })[] = [
  { title: '20 rooms of 10, 100 senders, saturated', rooms: 20, members: 10, senders: 5, inFlight: 4 },
  { title: 'one room of 50, saturated', rooms: 1, members: 50, senders: 50, inFlight: 4 },
];

/** Compares two nodes with one, with all servers on the same core and half of each room's people on each node. */
export async function compareNodes(database: Database): Promise<void> {
  const problem = pinningProblem();
  if (problem) return say(`\nnodes: left out, because ${problem}`);
  await pinned(database, async () => {
    const clusters: Cluster[] = [];
    try {
      for (const count of [1, 2]) clusters.push(await Cluster.start(count, database));
      for (const shape of shapes) await compare(clusters, shape);
    } finally {
      for (const cluster of clusters) await cluster.stop();
    }
  });
}

async function compare(clusters: Cluster[], shape: Shape & { title: string }): Promise<void> {
  const runs = [];
  for (const cluster of clusters)
    runs.push({ cluster, delivery: await cluster.prepare(shape), figures: [] as (Figures & CpuTimes)[] });
  for (let round = 0; round < rounds; round += 1)
    for (const { cluster, delivery, figures } of runs) figures.push(await cluster.round(delivery, measureMs));
  say(`\nnodes: ${shape.title}; all nodes on one core, all else on another (medians of ${rounds} interleaved rounds)`);
  say(row(['', 'acked/s', 'x one', 'ack p50 ms', 'p99 ms', 'nodes µs', 'database µs', 'Redis µs', 'load CPU']));
  const one = runs[0]?.figures ?? [];
  for (const { cluster, figures } of runs) {
    const of = (key: keyof (Figures & CpuTimes)) => median(figures.map((figure) => figure[key]));
    const ratio = median(figures.map(({ acked }, index) => acked / (one[index]?.acked ?? Number.NaN)));
    const spent = [of('nodes'), of('database'), of('redis')].map(whole);
    const times = [of('p50').toFixed(1), of('p99').toFixed(1)];
    say(row([cluster.name, whole(of('acked')), ratio.toFixed(2), ...times, ...spent, of('generatorCpu').toFixed(2)]));
  }
}
