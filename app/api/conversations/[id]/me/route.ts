import { rest } from '@/lib/doors/rest/rest';

export const PATCH = rest('membership.update');
