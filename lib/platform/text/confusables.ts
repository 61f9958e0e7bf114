import { fold, withoutAccents } from '@/lib/platform/text/fold';

// Pairs of a letter and the Latin letter that it looks like, from scripts with common keyboards. Upper and lower case are separate,
// because a capital Η looks like H, but a small η like n.
const lookAlikePairs =
  // Cyrillic
  'АAВBЕEЅSІIЈJКKМMНHОOРPСCТTУYХXаaеeоoрpсcуyхxіiјjѕsһhԁdԛqԝwӏlпnгrкkмmтtвbьbӀIԌGԚQԜW' +
  // Greek
  'ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXαaβbγyηnιiκkνvοoρpσoτtυuχxωwϲcϳjϹCͿJ' +
  // Armenian
  'ՕOՍUՏSօoոnսuհhցgզqյjօo' +
  // Cherokee
  'ᎪAᏴBᏟCᎠDᎬEᏀGᎻHᎫJᏦKᏞLᎷMᎾOᏢPᎡRᏚSᎢTᏙVᎳWᏃZ' +
  // Latin variants and other symbols
  'ɑaɡgɩiɪiʟlᴀaʙbᴄcᴅdᴇeɢgʜhᴊjᴋkᴍmɴnᴏoᴘpʀrꜱsᴛtᴜuᴠvᴡwʏyᴢzǀlꓮAꓐBꓳOꓲIꓡLꓠNꓰE';

const lookAlike = new Map([...lookAlikePairs.matchAll(/(..)/gsu)].map(([pair]) => [...pair] as [string, string]));

// Characters that look alike when case is ignored, then pairs of letters that look like one.
const interchangeable: [RegExp, string][] = [
  [/[1i|!]/g, 'l'],
  [/[0]/g, 'o'],
  [/3/g, 'e'],
  [/4|@/g, 'a'],
  [/[5$]/g, 's'],
  [/7/g, 't'],
  [/rn/g, 'm'],
  [/vv/g, 'w'],
];

/**
 * The skeleton of a name (UTS #39, with a smaller table). Two names look alike when their skeletons are equal. Blanks and punctuation
 * are ignored. Skeletons are for comparison only, and are not stored.
 */
export function skeleton(name: string): string {
  const plain = [...withoutAccents(name)].map((letter) => lookAlike.get(letter) ?? enclosedLetter(letter) ?? letter).join('');
  const replaced = interchangeable.reduce((text, [from, to]) => text.replace(from, to), fold(plain));
  return replaced.replace(/[^\p{L}\p{N}\p{M}]/gu, '') || replaced;
}

/** The letter inside a circle, square or flag: 🅰, 🇦. NFKD decomposes all other enclosed letters. */
function enclosedLetter(symbol: string): string | undefined {
  const code = symbol.codePointAt(0) ?? 0;
  const first = [0x1f150, 0x1f170, 0x1f1e6].find((start) => code >= start && code < start + 26);
  return first === undefined ? undefined : String.fromCharCode(97 + code - first);
}

// Names that suggest the person represents Parley or its operator.
const official = new Set(['Owner', 'Admin', 'Administrator', 'Moderator', 'System', 'Parley'].map(skeleton));

/** Whether a name or handle looks like a role instead of a person: `Owner`, `Аdmin`, `adm1n`. */
export const soundsOfficial = (name: string): boolean => official.has(skeleton(name));
