// The path of older clients.
export { GET } from '@/app/api/conversations/route';
