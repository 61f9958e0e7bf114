import { rest } from '@/lib/doors/rest/rest';

export const POST = rest('read.undo');
