import { rest } from '@/lib/doors/rest/rest';

export const GET = rest('participant.list');

export const POST = rest('participant.add');
