import { expect, it } from 'vitest';
import { call, group, person, refused } from '@/tests/protocol/support/rest';

// What lies between a route and the network, which only a built server has.

it('answers an unsupported method like an unknown path', async () => {
  const ada = await person('Ada');
  const { id } = await group(ada, []);
  refused(await ada.delete('/api/conversations'), 404, 'NOT_FOUND');
  refused(await ada.put(`/api/conversations/${id}/messages`, {}), 404, 'NOT_FOUND');
  refused(await call('POST', '/api/nothing/here', {}), 404, 'NOT_FOUND');
});

it('accepts a path with an extra slash', async () => {
  const ada = await person('Ada');
  expect((await ada.get('/api/conversations/')).status).toBe(200);
});

it('sends the length of a file: whole, in part and for HEAD', async () => {
  const ada = await person('Ada');
  const form = new FormData();
  form.set('file', new File(['ten bytes!'], 'ten.txt'));
  const { url } = (await ada.post('/api/uploads', form)).data.attachment;
  const ask = (method: string, headers = {}) => call(method, url, undefined, ada.token, headers);
  const compressed = { 'accept-encoding': 'gzip' };
  expect((await ask('GET', compressed)).headers.get('content-length')).toBe('10');
  expect((await ask('HEAD')).headers.get('content-length')).toBe('10');
  const part = await ask('GET', { ...compressed, range: 'bytes=4-8' });
  expect([part.status, part.headers.get('content-length'), part.data]).toEqual([206, '5', 'bytes']);
});

it('takes all values of a repeated list, and refuses another parameter that is repeated', async () => {
  const ada = await person('Ada');
  expect((await ada.get('/api/search?q=hello&has=link&has=file')).status).toBe(200);
  refused(await ada.get('/api/search?q=hello&q=there'), 400, 'VALIDATION_FAILED');
  refused(await ada.get('/api/conversations?limit=1&limit=2'), 400, 'VALIDATION_FAILED');
});
