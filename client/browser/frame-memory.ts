import { knownLocale, knownZone } from '@/client/browser/clock-settings';

/** What the frame remembers between visits, in a cookie, so that the server's first paint has it already. */
export interface FrameMemory {
  theme: Theme;
  /** pixels */
  sidebarWidth: number;
  panelOpen: boolean;
  /** names of sections that are folded */
  folded: string[];
  /** whether the first steps were finished or skipped */
  welcomed: boolean;
  /** the reader's time zone and language, so that the server writes times as the browser will */
  zone: string;
  locale: string;
}

export type Theme = 'system' | 'light' | 'dark';

export const frameCookie = 'parley-frame';
export const sidebarLimits = { least: 220, most: 360, standard: 280 };

const standard: FrameMemory = {
  theme: 'system',
  sidebarWidth: sidebarLimits.standard,
  panelOpen: false,
  folded: [],
  welcomed: false,
  zone: 'UTC',
  locale: 'en',
};

/** Reads the cookie's value; anything odd in it becomes the standard. */
export function readFrame(cookie: string | undefined): FrameMemory {
  const found = parseObject(cookie);
  const theme = found.theme === 'light' || found.theme === 'dark' ? found.theme : 'system';
  const folded = Array.isArray(found.folded) ? found.folded.filter((name) => typeof name === 'string').slice(0, 20) : [];
  return {
    theme,
    sidebarWidth: typeof found.sidebarWidth === 'number' ? clampWidth(found.sidebarWidth) : standard.sidebarWidth,
    panelOpen: found.panelOpen === true,
    folded,
    welcomed: found.welcomed === true,
    zone: knownZone(found.zone),
    locale: knownLocale(found.locale),
  };
}

export function writeFrame(memory: FrameMemory): string {
  return encodeURIComponent(JSON.stringify(memory));
}

export function clampWidth(width: number): number {
  return Math.round(Math.min(sidebarLimits.most, Math.max(sidebarLimits.least, width))) || sidebarLimits.standard;
}

function parseObject(cookie: string | undefined): Record<string, unknown> {
  try {
    const found: unknown = JSON.parse(decodeURIComponent(cookie ?? '{}'));
    return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
