import { readFileSync } from 'node:fs';
import { register } from 'prom-client';
import { beforeAll, describe, expect, test } from 'vitest';
import { metricsText } from '@/boot/metrics';

const files = ['deploy/grafana/dashboard.json', 'deploy/grafana/alerts.yaml'];
const textOf = (file: string) => readFileSync(file, 'utf8').replaceAll('\\"', '"');

/** Labels that Prometheus adds. */
const addedLabels = ['instance', 'job', 'le'];

let metrics: Map<string, string[]>;

beforeAll(async () => {
  await metricsText();
  metrics = new Map(
    register.getMetricsAsArray().flatMap((metric) => {
      const { name, labelNames } = metric as unknown as { name: string; labelNames: string[] };
      const isHistogram = String(metric.type) === 'histogram';
      const names = isHistogram ? ['_bucket', '_sum', '_count'].map((suffix) => name + suffix) : [name];
      return names.map((one) => [one, labelNames] as const);
    }),
  );
});

describe.each(files)('%s', (file) => {
  const used = () => [...textOf(file).matchAll(/\b((?:parley|nodejs|process)_[a-z0-9_]+)(?:\{([^}]*)\})?/g)];

  test('names only metrics that there are', () => {
    expect(used().length).toBeGreaterThan(10);
    expect(
      used()
        .filter(([, name]) => !metrics.has(name!))
        .map(([, name]) => name),
    ).toEqual([]);
  });

  test('uses only labels that the metrics have', () => {
    for (const [, name, selector = ''] of used()) {
      const labels = [...selector.matchAll(/(\w+)\s*=~?/g)].map((match) => match[1]!);
      expect(
        labels.filter((label) => !metrics.get(name!)?.includes(label) && !addedLabels.includes(label)),
        name,
      ).toEqual([]);
    }
  });
});

test('every metric of Parley’s own is on the dashboard', () => {
  const shown = textOf('deploy/grafana/dashboard.json');
  const own = register
    .getMetricsAsArray()
    .map(({ name }) => name)
    .filter((name) => name.startsWith('parley_'));
  expect(own.filter((name) => !shown.includes(name))).toEqual([]);
});

test('names follow Prometheus: counters end in _total, times are in seconds', () => {
  for (const metric of register.getMetricsAsArray()) {
    if (!metric.name.startsWith('parley_')) continue;
    expect(metric.name).toMatch(/^parley_[a-z]+(_[a-z]+)*$/);
    expect(metric.name.endsWith('_total'), metric.name).toBe(String(metric.type) === 'counter');
    expect(metric.name).not.toMatch(/_(ms|milliseconds|minutes)(_|$)/);
  }
});
