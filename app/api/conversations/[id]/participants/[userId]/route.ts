import { rest } from '@/lib/doors/rest/rest';
import { id } from '@/lib/doors/rest/route';
import { notFound } from '@/lib/platform/errors/error';

export const PUT = rest('participant.join', {
  input: ({ userId, ...input }, caller) => {
    // People can only join for themselves.
    if (userId !== 'me' && id(userId) !== caller.userId) throw notFound();
    return input;
  },
});

export const PATCH = rest('participant.update');

export const DELETE = rest('participant.remove');
