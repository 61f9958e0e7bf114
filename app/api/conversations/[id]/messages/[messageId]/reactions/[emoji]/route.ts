import { rest } from '@/lib/doors/rest/rest';

export const PUT = rest('reaction.add');

export const DELETE = rest('reaction.remove');
