// An older client's path.
export { PUT } from '@/app/api/conversations/[id]/read/route';
