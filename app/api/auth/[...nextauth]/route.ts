import { handleNextAuth } from '@/lib/doors/auth/next-auth';

const handle = async (request: Request, context: { params: Promise<{ nextauth: string[] }> }): Promise<Response> =>
  handleNextAuth(request, (await context.params).nextauth);

export { handle as GET, handle as POST };
