import { type BrowserContextOptions, devices } from '@playwright/test';

/** A phone of typical size, in portrait mode. */
export const phone: BrowserContextOptions = {
  userAgent: devices['Pixel 7'].userAgent,
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
};
