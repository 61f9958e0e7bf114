// An older client's path.
export { GET } from '@/app/api/conversations/route';
