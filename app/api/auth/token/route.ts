import { grantTokens } from '@/lib/domain/accounts/account';
import { credentialsSchema } from '@/lib/domain/users/schema';
import { deviceOf } from '@/lib/doors/auth/device';
import { knownDevice, knownDeviceCookie } from '@/lib/doors/auth/known-device';
import { handOver } from '@/lib/doors/auth/token-transport';
import { publicRoute } from '@/lib/doors/rest/route';

export const POST = publicRoute(async ({ request, body }) => {
  const credentials = await body(credentialsSchema);
  const cookies = request.headers.get('cookie');
  const grant = await grantTokens(credentials, deviceOf(request), knownDevice(cookies, credentials.email));
  const response = handOver(request, grant);
  response.headers.append('Set-Cookie', knownDeviceCookie(cookies, credentials.email));
  return response;
});
