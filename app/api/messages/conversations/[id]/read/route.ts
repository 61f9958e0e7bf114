// The path of older clients.
export { PUT } from '@/app/api/conversations/[id]/read/route';
