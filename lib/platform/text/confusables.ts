import { fold, withoutAccents } from '@/lib/platform/text/fold';

// Letters that look like Latin ones, of the scripts whose keyboards people have; each twice: the letter, what it looks like. Cases
// apart, since a capital Η is an H and a small η an n.
const lookAlikes =
  // Cyrillic
  'АAВBЕEЅSІIЈJКKМMНHОOРPСCТTУYХXаaеeоoрpсcуyхxіiјjѕsһhԁdԛqԝwӏlпnгrкkмmтtвbьbӀIԌGԚQԜW' +
  // Greek
  'ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXαaβbγyηnιiκkνvοoρpσoτtυuχxωwϲcϳjϹCͿJ' +
  // Armenian
  'ՕOՍUՏSօoոnսuհhցgզqյjօo' +
  // Cherokee
  'ᎪAᏴBᏟCᎠDᎬEᏀGᎻHᎫJᏦKᏞLᎷMᎾOᏢPᎡRᏚSᎢTᏙVᎳWᏃZ' +
  // Latin letters of their own kind, and other signs
  'ɑaɡgɩiɪiʟlᴀaʙbᴄcᴅdᴇeɢgʜhᴊjᴋkᴍmɴnᴏoᴘpʀrꜱsᴛtᴜuᴠvᴡwʏyᴢzǀlꓮAꓐBꓳOꓲIꓡLꓠNꓰE';

const looks = new Map([...lookAlikes.matchAll(/(..)/gsu)].map(([pair]) => [...pair] as [string, string]));

// Digits and letters that take each other's place once cases do not count; then letters that two others make.
const alike: [RegExp, string][] = [
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
 * What two names have in common that look the same: the skeleton of UTS #39, with a small table in place of its large one. Two
 * names look alike if their skeletons are equal; a skeleton is not for reading, and never stored. Blanks and punctuation do not count.
 */
export function skeleton(name: string): string {
  const plain = [...withoutAccents(name)].map((letter) => looks.get(letter) ?? inBox(letter) ?? letter).join('');
  const said = alike.reduce((text, [from, to]) => text.replace(from, to), fold(plain));
  return said.replace(/[^\p{L}\p{N}\p{M}]/gu, '') || said;
}

/** The letter in a circle, a square or a flag: 🅰, 🇦. Others come apart by themselves. */
function inBox(symbol: string): string | undefined {
  const code = symbol.codePointAt(0) ?? 0;
  const first = [0x1f150, 0x1f170, 0x1f1e6].find((start) => code >= start && code < start + 26);
  return first === undefined ? undefined : String.fromCharCode(97 + code - first);
}

// What Parley, or who runs it, would be called.
const official = new Set(['Owner', 'Admin', 'Administrator', 'Moderator', 'System', 'Parley'].map(skeleton));

/** Whether a name, or a handle, passes for an office instead of a person: `Owner`, `Аdmin`, `adm1n`. */
export const soundsOfficial = (name: string): boolean => official.has(skeleton(name));
