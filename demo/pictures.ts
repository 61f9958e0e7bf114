import sharp from 'sharp';
import { charts } from '@/demo/pictures-charts';
import { scenes } from '@/demo/pictures-scenes';

export interface DemoFile {
  name: string;
  type: string;
  bytes: Buffer;
}

const texts: Record<string, string> = {
  'press-kit':
    'PRESS KIT\n\nlogo/        SVG and PNG, light and dark, 16 to 2048 px\nscreens/     1440 and 390 px, light and dark\nquotes.txt   three sentences that may be used as they are\n',
  faq: '# Five questions we hear every day\n\n1. Can I bring my old messages along?\n2. Who can see what I write in a private group?\n3. What happens when I delete a message?\n4. How do I sign another device out?\n5. Why is it called that?\n',
};

/** The picture or file with this name. */
export async function demoFile(name: string): Promise<DemoFile> {
  const text = texts[name];
  if (text) return { name: `${name}.txt`, type: 'text/plain', bytes: Buffer.from(text) };
  const drawing = charts[name] ?? scenes[name];
  if (!drawing) throw new Error(`There is no demo picture ${name}.`);
  return { name: `${name}.png`, type: 'image/png', bytes: await draw(drawing) };
}

/** An avatar of coloured shapes, different for each number. */
export async function demoFace(number: number): Promise<DemoFile> {
  const hue = (number * 67 + 200) % 360;
  const turn = (number * 41) % 360;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256" width="256" height="256">
    <rect width="256" height="256" fill="${colour(hue, 62, 55)}"/>
    <g transform="rotate(${turn} 128 128)">
      <circle cx="70" cy="88" r="92" fill="${colour(hue + 40, 72, 66)}"/>
      <rect x="120" y="110" width="150" height="150" rx="46" fill="${colour(hue - 45, 60, 46)}"/>
      <circle cx="176" cy="74" r="34" fill="${colour(hue + 160, 75, 80)}"/>
    </g></svg>`;
  return { name: 'face.png', type: 'image/png', bytes: await draw(svg) };
}

const draw = (svg: string) => sharp(Buffer.from(svg)).png().toBuffer();

const colour = (hue: number, saturation: number, lightness: number) =>
  `hsl(${(hue + 360) % 360}, ${saturation}%, ${lightness}%)`;
