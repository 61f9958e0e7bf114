import { seeded } from '@/demo/random';

// SVG without text, because a server may have no fonts.

const frame = (width: number, height: number, inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${inside}</svg>`;

const rules = (width: number, top: number, bottom: number) =>
  Array.from({ length: 5 }, (_, row) => {
    const y = top + (row * (bottom - top)) / 4;
    return `<line x1="60" x2="${width - 60}" y1="${y}" y2="${y}" stroke="#e3e6f0" stroke-width="2"/>`;
  }).join('');

function curve(seed: number, base: number, height: number): string {
  const random = seeded(seed);
  let y = base;
  const points = Array.from({ length: 61 }, (_, step) => {
    y = Math.max(base - height, Math.min(base + height / 4, y + random.between(-14, 14)));
    return `${60 + step * 18},${y}`;
  });
  return points.join(' ');
}

function latency(): string {
  const line = curve(7, 430, 60);
  const upper = curve(19, 250, 90);
  return frame(
    1_200,
    620,
    `<rect width="1200" height="620" rx="18" fill="#fbfbfe"/>${rules(1_200, 110, 540)}
     <polygon points="60,540 ${line} 1140,540" fill="#5b5bd6" opacity="0.14"/>
     <polyline points="${upper}" fill="none" stroke="#e5a13a" stroke-width="4" stroke-linejoin="round"/>
     <polyline points="${line}" fill="none" stroke="#5b5bd6" stroke-width="5" stroke-linejoin="round"/>
     <rect x="60" y="46" width="210" height="20" rx="10" fill="#c9cce0"/><rect x="960" y="46" width="80" height="20" rx="10" fill="#5b5bd6"/>
     <rect x="1060" y="46" width="80" height="20" rx="10" fill="#e5a13a"/>`,
  );
}

function queryTimes(): string {
  const pairs = [
    [300, 56],
    [390, 34],
    [410, 180],
    [220, 60],
    [350, 120],
  ];
  const bars = pairs
    .map(([before = 0, after = 0], index) => {
      const x = 120 + index * 205;
      return `<rect x="${x}" y="${540 - before}" width="64" height="${before}" rx="8" fill="#c9cce0"/>
        <rect x="${x + 76}" y="${540 - after}" width="64" height="${after}" rx="8" fill="#2f9e6e"/>`;
    })
    .join('');
  return frame(1_200, 620, `<rect width="1200" height="620" rx="18" fill="#fbfbfe"/>${rules(1_200, 110, 540)}${bars}`);
}

function palette(): string {
  const rows = [
    ['#f5f5f9', '#e6e6ef', '#c8c9d8', '#8d8fa6', '#5d5f76', '#34354a', '#1c1d29'],
    ['#eef0ff', '#d5d9ff', '#a9aef8', '#7c80ec', '#5b5bd6', '#4545ad', '#2d2d73'],
    ['#eafaf2', '#c5efda', '#8adcb4', '#4fc28d', '#2f9e6e', '#217653', '#134a33'],
    ['#fff5e6', '#fde3bc', '#f8c77c', '#eda945', '#d28a22', '#9c6414', '#5f3c0a'],
  ];
  const swatches = rows.flatMap((row, y) =>
    row.map((fill, x) => `<rect x="${60 + x * 156}" y="${60 + y * 140}" width="140" height="124" rx="18" fill="${fill}"/>`),
  );
  return frame(1_200, 660, `<rect width="1200" height="660" fill="#ffffff"/>${swatches.join('')}`);
}

export const charts: Record<string, string> = { latency: latency(), 'query-times': queryTimes(), palette: palette() };
