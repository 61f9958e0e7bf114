import { rest } from '@/lib/doors/rest/rest';

export const PUT = rest('pin.add');

export const DELETE = rest('pin.remove');
