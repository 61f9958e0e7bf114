import { rest } from '@/lib/doors/rest/rest';

export const GET = rest('conversation.get');

export const PATCH = rest('conversation.update');

export const DELETE = rest('conversation.delete');
