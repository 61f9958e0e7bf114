const frame = (width: number, height: number, inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${inside}</svg>`;

const bar = (x: number, y: number, width: number, fill = '#d9dbe8', height = 16) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${height / 2}" fill="${fill}"/>`;

const dawn = `<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#2b2a5c"/>
  <stop offset="0.55" stop-color="#8a5a9e"/><stop offset="1" stop-color="#f7b48a"/></linearGradient></defs>`;

const hero = frame(
  1_600,
  900,
  `${dawn}<rect width="1600" height="900" fill="url(#sky)"/><circle cx="1090" cy="560" r="150" fill="#ffe0b3"/>
   <path d="M0 640 L260 470 L470 600 L760 380 L1010 610 L1290 460 L1600 650 V900 H0Z" fill="#5b4a86"/>
   <path d="M0 720 L330 600 L640 700 L900 590 L1240 720 L1600 610 V900 H0Z" fill="#3e3468"/>
   <path d="M0 800 Q400 720 800 790 T1600 770 V900 H0Z" fill="#241f47"/>
   <g fill="#fff6e6"><circle cx="210" cy="130" r="4"/><circle cx="420" cy="210" r="3"/><circle cx="690" cy="110" r="4"/><circle cx="980" cy="190" r="3"/><circle cx="1370" cy="120" r="4"/></g>
   <path d="M700 690 q60 -120 190 -150 l40 18 -150 70 -20 62z" fill="#fff"/><path d="M780 628 l150 -70 -92 104z" fill="#d9d3f0"/>`,
);

const phone = frame(
  780,
  1_100,
  `<rect width="780" height="1100" fill="#e9eaf3"/><rect x="170" y="60" width="440" height="980" rx="56" fill="#1c1d29"/>
   <rect x="186" y="76" width="408" height="948" rx="44" fill="#ffffff"/>${bar(220, 120, 150, '#34354a', 20)}
   ${[0, 1, 2, 3].map((row) => `<circle cx="240" cy="${220 + row * 110}" r="24" fill="#a9aef8"/>${bar(284, 200 + row * 110, 120)}${bar(284, 230 + row * 110, 220 - row * 30, '#e9eaf3')}`).join('')}
   <rect x="206" y="600" width="368" height="130" rx="22" fill="#f5f5f9" stroke="#d64545" stroke-width="5" stroke-dasharray="14 10"/>
   <rect x="186" y="690" width="408" height="334" rx="30" fill="#c8c9d8"/>
   ${Array.from({ length: 24 }, (_, key) => `<rect x="${204 + (key % 8) * 47}" y="${716 + Math.floor(key / 8) * 74}" width="40" height="58" rx="9" fill="#fff"/>`).join('')}
   <path d="M650 560 l-60 60 m0 0 l10 -34 m-10 34 l34 -8" stroke="#d64545" stroke-width="9" fill="none" stroke-linecap="round"/>`,
);

const panel = (x: number, picture: string) =>
  `<rect x="${x}" y="60" width="520" height="600" rx="24" fill="#fff" stroke="#e3e6f0" stroke-width="3"/>${picture}`;

const emptyState = frame(
  1_240,
  720,
  `<rect width="1240" height="720" fill="#f5f5f9"/>
   ${panel(80, `<circle cx="340" cy="270" r="92" fill="#eef0ff"/><path d="M296 240 h88 a18 18 0 0 1 18 18 v40 a18 18 0 0 1 -18 18 h-46 l-30 26 v-26 h-12 a18 18 0 0 1 -18 -18 v-40 a18 18 0 0 1 18 -18z" fill="#5b5bd6"/>`)}
   ${bar(230, 420, 220, '#34354a', 20)}${bar(200, 462, 280)}<rect x="250" y="520" width="180" height="54" rx="14" fill="#5b5bd6"/>${bar(292, 539, 96, '#ffffff')}
   ${panel(640, `<g fill="#f8c77c"><circle cx="900" cy="280" r="110"/></g><circle cx="862" cy="262" r="11" fill="#5f3c0a"/><circle cx="938" cy="262" r="11" fill="#5f3c0a"/><path d="M856 318 q44 30 88 0" stroke="#5f3c0a" stroke-width="9" fill="none" stroke-linecap="round"/>`)}
   ${bar(790, 440, 220, '#34354a', 20)}${bar(740, 482, 320)}${bar(770, 514, 260)}`,
);

const noodles = frame(
  1_200,
  900,
  `<rect width="1200" height="900" fill="#c58b5a"/><g stroke="#b57b4b" stroke-width="6"><path d="M0 180 H1200 M0 420 H1200 M0 660 H1200"/></g>
   <ellipse cx="600" cy="500" rx="390" ry="360" fill="#7a4a2a" opacity="0.35"/><circle cx="600" cy="460" r="360" fill="#23395d"/><circle cx="600" cy="460" r="316" fill="#f2e3c6"/><circle cx="600" cy="460" r="300" fill="#d99b4e"/>
   <g fill="none" stroke="#f6dd9c" stroke-width="20" stroke-linecap="round">${Array.from({ length: 9 }, (_, row) => `<path d="M${370 + row * 12} ${330 + row * 34} q120 ${row % 2 ? 70 : -60} 240 0 t${200 - row * 10} 10"/>`).join('')}</g>
   <circle cx="470" cy="350" r="72" fill="#fff8ec"/><circle cx="470" cy="350" r="36" fill="#f0a431"/><circle cx="720" cy="560" r="76" fill="#fff8ec"/><circle cx="720" cy="560" r="38" fill="#f0a431"/>
   <g fill="#5f9e4a">${Array.from({ length: 16 }, (_, leaf) => `<circle cx="${440 + ((leaf * 97) % 330)}" cy="${300 + ((leaf * 61) % 330)}" r="13"/>`).join('')}</g>
   <path d="M820 90 L1060 420 M870 70 L1100 400" stroke="#3a2415" stroke-width="16" stroke-linecap="round"/>`,
);

const poster = frame(
  840,
  1_160,
  `<rect width="840" height="1160" fill="#22306b"/><circle cx="420" cy="470" r="300" fill="#3f53ad"/><circle cx="420" cy="470" r="210" fill="#f3c969"/>
   <path d="M120 760 Q420 560 720 760 V1160 H120Z" fill="#16204d"/><path d="M250 470 h340 a36 36 0 0 1 36 36 v90 a36 36 0 0 1 -36 36 h-180 l-90 80 v-80 h-70 a36 36 0 0 1 -36 -36 v-90 a36 36 0 0 1 36 -36z" fill="#fff"/>
   ${bar(300, 530, 240, '#22306b', 22)}${bar(300, 574, 170, '#a9b4e6', 22)}${bar(230, 950, 380, '#f3c969', 30)}${bar(290, 1010, 260, '#a9b4e6', 20)}`,
);

/** By the names that the demo's messages use. */
export const scenes: Record<string, string> = {
  'launch-hero': hero,
  'phone-bug': phone,
  'empty-state': emptyState,
  noodles,
  poster,
};
