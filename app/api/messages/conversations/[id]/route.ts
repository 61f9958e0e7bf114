// The path of older clients for a page of messages.
export { GET } from '@/app/api/conversations/[id]/messages/route';
