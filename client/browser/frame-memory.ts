import { knownLocale, knownZone } from '@/client/browser/clock-settings';

/** Settings of the frame that are kept between visits, in a cookie, so that the server can render with them. */
export interface FrameMemory {
  theme: Theme;
  /** pixels */
  sidebarWidth: number;
  panelOpen: boolean;
  /** names of collapsed sections */
  folded: string[];
  /** whether the introduction was finished or skipped */
  welcomed: boolean;
  /** the browser's time zone and locale, so that the server formats times like the browser */
  zone: string;
  locale: string;
}

export type Theme = 'system' | 'light' | 'dark';

export const frameCookie = 'parley-frame';
export const sidebarLimits = { min: 220, max: 360, initial: 280 };

const defaults: FrameMemory = {
  theme: 'system',
  sidebarWidth: sidebarLimits.initial,
  panelOpen: false,
  folded: [],
  welcomed: false,
  zone: 'UTC',
  locale: 'en',
};

/** Parses the cookie. Invalid values become the defaults. */
export function readFrame(cookie: string | undefined): FrameMemory {
  const found = parseObject(cookie);
  const theme = found.theme === 'light' || found.theme === 'dark' ? found.theme : 'system';
  const folded = Array.isArray(found.folded) ? found.folded.filter((name) => typeof name === 'string').slice(0, 20) : [];
  return {
    theme,
    sidebarWidth: typeof found.sidebarWidth === 'number' ? clampWidth(found.sidebarWidth) : defaults.sidebarWidth,
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
  return Math.round(Math.min(sidebarLimits.max, Math.max(sidebarLimits.min, width))) || sidebarLimits.initial;
}

function parseObject(cookie: string | undefined): Record<string, unknown> {
  try {
    const found: unknown = JSON.parse(decodeURIComponent(cookie ?? '{}'));
    return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
