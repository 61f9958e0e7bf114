import type messages from '@/locales/en.json';

declare module 'use-intl/core' {
  interface AppConfig {
    /** The English catalogue defines the keys, and the values of each message. */
    Messages: typeof messages;
  }
}
