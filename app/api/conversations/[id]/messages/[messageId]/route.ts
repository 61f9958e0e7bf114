import { nothing } from '@/lib/domain/operation';
import { rest } from '@/lib/doors/rest/rest';

export const PATCH = rest('message.edit');

export const DELETE = rest('message.delete', { answer: () => nothing });
