import { deflateSync } from 'node:zlib';

// Small PDF files, written by hand (ISO 32000-1). Glyphs have no outlines, only the characters that they stand for (ToUnicode).

interface Options {
  /** by glyph: the characters that the file says it stands for, as `ﬁ: 'fi'` */
  standsFor?: Record<string, string>;
  /** the trailer's further entries, and the objects that they refer to, from number 100 on */
  trailer?: string;
  objects?: Record<number, string>;
}

/** @param pages lines of text for each page */
export function pdfOf(pages: string[][], { standsFor = {}, trailer = '', objects = {} }: Options = {}): Buffer {
  const glyphs = [...new Set(pages.flat().join(''))];
  const code = (glyph: string) => (glyphs.indexOf(glyph) + 1).toString(16).padStart(4, '0');
  const hex = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('hex');
  const mapped = glyphs.map((glyph) => `1 beginbfchar <${code(glyph)}> <${hex(standsFor[glyph] ?? glyph)}> endbfchar`);
  const toUnicode = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def
1 begincodespacerange <0000> <ffff> endcodespacerange
${mapped.join('\n')}
endcmap end end`;
  const bodies: Record<number, string | Buffer> = {
    1: '<< /Type /Catalog /Pages 2 0 R >>',
    2: `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, page) => `${200 + page * 2} 0 R`).join(' ')}] >>`,
    3: `<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>`,
    4: `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>
/DW 500 /FontDescriptor << /Type /FontDescriptor /FontName /Own /Flags 4 /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80
/FontBBox [0 -200 1000 800] >> >>`,
    5: streamOf(toUnicode),
    ...objects,
  };
  for (const [page, lines] of pages.entries()) {
    const shown = lines.map((line) => `<${[...line].map(code).join('')}> Tj T*`);
    bodies[200 + page * 2] =
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> /Contents ${201 + page * 2} 0 R >>`;
    bodies[201 + page * 2] = streamOf(`BT /F 12 Tf 14 TL 40 800 Td ${shown.join('\n')} ET`);
  }
  return fileOf(bodies, trailer);
}

export function streamOf(content: string | Buffer, filters = 1): Buffer {
  let data = Buffer.from(content);
  for (let done = 0; done < filters; done += 1) data = deflateSync(data);
  const names = Array.from({ length: filters }, () => '/FlateDecode').join(' ');
  return Buffer.concat([
    Buffer.from(`<< /Length ${data.length} /Filter [${names}] >>\nstream\n`),
    data,
    Buffer.from('\nendstream'),
  ]);
}

/** @param bodies the objects by their number; number 1 is the catalog */
export function fileOf(bodies: Record<number, string | Buffer>, trailer = ''): Buffer {
  const parts = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const at = new Map<number, number>();
  const length = () => parts.reduce((sum, part) => sum + part.length, 0);
  for (const [number, body] of Object.entries(bodies)) {
    at.set(Number(number), length());
    parts.push(Buffer.concat([Buffer.from(`${number} 0 obj\n`), Buffer.from(body), Buffer.from('\nendobj\n')]));
  }
  const size = Math.max(...at.keys()) + 1;
  const start = length();
  const rows = Array.from({ length: size }, (_, number) =>
    at.has(number) ? `${String(at.get(number)).padStart(10, '0')} 00000 n \n` : '0000000000 65535 f \n',
  );
  parts.push(
    Buffer.from(
      `xref\n0 ${size}\n${rows.join('')}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}
