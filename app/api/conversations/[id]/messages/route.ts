import { rest } from '@/lib/doors/rest/rest';

export const GET = rest('message.history');

export const POST = rest('message.send');
