import { rest } from '@/lib/doors/rest/rest';

export const GET = rest('profile.get');

export const PATCH = rest('profile.update');
