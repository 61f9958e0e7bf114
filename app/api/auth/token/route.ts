import { deviceOf } from '@/lib/auth/device';
import { knownDevice, knownDeviceCookie } from '@/lib/auth/known-device';
import { handOver } from '@/lib/auth/token-transport';
import { grantTokens } from '@/lib/auth/tokens';
import { publicRoute } from '@/lib/rest/route';
import { credentialsSchema } from '@/lib/users/schema';

export const POST = publicRoute(async ({ request, body }) => {
  const credentials = await body(credentialsSchema);
  const cookies = request.headers.get('cookie');
  const grant = await grantTokens(credentials, deviceOf(request), knownDevice(cookies, credentials.email));
  const response = handOver(request, grant);
  response.headers.append('Set-Cookie', knownDeviceCookie(cookies, credentials.email));
  return response;
});
