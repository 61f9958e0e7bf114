import { event } from '@/lib/domain/event-entry';
import { presenceChangeSchema } from '@/lib/domain/presence/schema';

export const presenceEvents = {
  'presence.changed': event({ schema: presenceChangeSchema, to: 'presence', transient: true, inbound: true }),
};
