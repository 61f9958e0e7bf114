import { publicRoute } from '@/lib/doors/rest/route';
import { notFound } from '@/lib/platform/errors/error';

const nothing = publicRoute(async () => {
  throw notFound();
});

// Unknown paths get an error in JSON, like all other failures, instead of a page.
const nothingHere = (request: Request) => nothing(request, { params: Promise.resolve({}) });

export { nothingHere as DELETE, nothingHere as GET, nothingHere as PATCH, nothingHere as POST, nothingHere as PUT };
