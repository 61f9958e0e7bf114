import { event } from '@/lib/domain/events';
import { presenceChangeSchema } from '@/lib/domain/presence/schema';

export const presenceEvents = {
  'presence.changed': event({ schema: presenceChangeSchema, to: 'presence', transient: true, inbound: true }),
};
