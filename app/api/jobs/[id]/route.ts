import { id, route } from '@/lib/doors/rest/route';
import { getJob } from '@/lib/platform/jobs/status';

export const GET = route(({ userId, params }) => getJob(userId, id(params.id)));
