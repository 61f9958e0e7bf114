import { rest } from '@/lib/doors/rest/rest';

export const PUT = rest('message.read');
