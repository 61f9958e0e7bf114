import { rest } from '@/lib/doors/rest/rest';

export const GET = rest('search.progress');
