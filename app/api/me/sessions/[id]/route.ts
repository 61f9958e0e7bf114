import { rest } from '@/lib/doors/rest/rest';

export const DELETE = rest('session.revoke');
