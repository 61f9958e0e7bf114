import type messages from '@/locales/en.json';

declare module 'use-intl/core' {
  interface AppConfig {
    /** The English catalogue says which keys there are, and which values each message takes. */
    Messages: typeof messages;
  }
}
