import { z } from 'zod';
import { event } from '@/lib/domain/event-entry';
import { participantSchema } from '@/lib/domain/participants/schema';
import { idSchema } from '@/lib/platform/validation/schema';

const schema = z.object({ conversationId: idSchema, participant: participantSchema });

export const participantEvents = {
  'participant.joined': event({ schema, to: 'members' }),
  'participant.left': event({ schema, to: 'members' }),
  'participant.updated': event({ schema, to: 'members' }),
};
