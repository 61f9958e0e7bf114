// An older client's path: the page of messages.
export { GET } from '@/app/api/conversations/[id]/messages/route';
