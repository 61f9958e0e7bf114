import { beforeEach, describe, expect, it } from 'vitest';
import { deviceName } from '@/lib/auth/device';
import { env } from '@/lib/env/env';
import { addressBehindProxies, addressSubject, isFromThisMachine } from '@/lib/rest/address';
import { readJson } from '@/lib/rest/body';
import { judgeOrigin, refuseForeign } from '@/lib/rest/origin';
import { plainHandle } from '@/lib/users/handles';

beforeEach(() => {
  Object.assign(env(), { PUBLIC_URL: '', ALLOWED_ORIGINS: [], TRUST_PROXY: 0 });
});

describe('an Origin', () => {
  it('is own when its host is the one that was asked, as long as no PUBLIC_URL says otherwise', () => {
    expect(judgeOrigin('http://chat.lan:3000', 'chat.lan:3000')).toBe('own');
    expect(judgeOrigin('http://chat.lan:4000', 'chat.lan:3000')).toBe('foreign');
    expect(judgeOrigin('https://evil.example', 'chat.lan:3000')).toBe('foreign');
  });

  it('is own only as PUBLIC_URL once that is set, whatever the Host header says', () => {
    env().PUBLIC_URL = 'https://chat.example.org';
    expect(judgeOrigin('https://chat.example.org', '10.0.0.7:3000')).toBe('own');
    expect(judgeOrigin('http://chat.example.org', 'chat.example.org')).toBe('foreign');
    expect(judgeOrigin('https://evil.example', 'evil.example')).toBe('foreign');
  });

  it('of an allowed page is allowed, which is less than own', () => {
    env().ALLOWED_ORIGINS = ['https://widget.example'];
    expect(judgeOrigin('https://widget.example', 'chat.lan')).toBe('allowed');
  });

  it.each(['null', 'file://', 'chat.lan', 'javascript:alert(1)'])('that is no web page is foreign: %s', (origin) => {
    expect(judgeOrigin(origin, 'chat.lan')).toBe('foreign');
  });

  it('that is missing is nobody, unless the browser says that the request crosses sites', () => {
    const request = (headers: Record<string, string>) => new Request('http://chat.lan/api/me', { method: 'PATCH', headers });
    expect(refuseForeign(request({ host: 'chat.lan' }))).toBe('none');
    expect(() => refuseForeign(request({ host: 'chat.lan', 'sec-fetch-site': 'cross-site' }))).toThrow('other sites');
    expect(refuseForeign(request({ host: 'chat.lan', 'sec-fetch-site': 'same-origin' }))).toBe('none');
  });
});

describe('an address', () => {
  it("is the socket's own when no proxy is trusted, whatever the client writes", () => {
    expect(addressBehindProxies('203.0.113.9', '198.51.100.1')).toBe('203.0.113.9');
  });

  it('is what the last trusted proxy saw', () => {
    env().TRUST_PROXY = 1;
    expect(addressBehindProxies('10.0.0.1', '6.6.6.6, 203.0.113.9')).toBe('203.0.113.9');
    env().TRUST_PROXY = 2;
    expect(addressBehindProxies('10.0.0.1', '6.6.6.6, 203.0.113.9, 10.0.0.2')).toBe('203.0.113.9');
  });

  it('stays one of the chain when there are fewer proxies than trusted', () => {
    env().TRUST_PROXY = 3;
    expect(addressBehindProxies('203.0.113.9', null)).toBe('203.0.113.9');
  });

  it('of IPv4 in IPv6 is the IPv4 one', () => {
    expect(addressBehindProxies('::ffff:203.0.113.9', null)).toBe('203.0.113.9');
  });

  it('of IPv6 counts with its whole /64', () => {
    expect(addressSubject('2001:db8:1:2:3:4:5:6')).toBe(addressSubject('2001:db8:1:2::1'));
    expect(addressSubject('2001:db8:1:2::1')).not.toBe(addressSubject('2001:db8:1:3::1'));
    expect(addressSubject('203.0.113.9')).toBe('203.0.113.9');
  });

  it('is this machine only when nothing passed the request on', () => {
    const from = (headers: Record<string, string>) =>
      isFromThisMachine(new Headers({ host: 'localhost:3000', 'x-parley-address': '127.0.0.1', ...headers }));
    expect(from({})).toBe(true);
    expect(from({ 'x-forwarded-for': '127.0.0.1' })).toBe(true);
    expect(from({ 'x-forwarded-for': '203.0.113.9' })).toBe(false);
    expect(from({ 'x-parley-address': '203.0.113.9' })).toBe(false);
    expect(from({ host: 'tunnel.example' })).toBe(false);
    expect(from({ via: '1.1 proxy' })).toBe(false);
  });
});

describe('a JSON body', () => {
  const post = (body: BodyInit) => new Request('http://localhost/', { method: 'POST', body, duplex: 'half' } as RequestInit);

  it('is an empty object when there is none', async () => {
    expect(await readJson(post(''))).toEqual({});
  });

  it('that is broken is VALIDATION_FAILED', async () => {
    await expect(readJson(post('{"name":'))).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it('that is no UTF-8 is VALIDATION_FAILED, not mended', async () => {
    const bytes = new Uint8Array([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d]);
    await expect(readJson(post(bytes))).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it('over 256 KiB is PAYLOAD_TOO_LARGE, and not read to its end even when its length is not announced', async () => {
    let pulled = 0;
    const endless = new ReadableStream({
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(new Uint8Array(64 * 1024));
      },
    });
    await expect(readJson(post(endless))).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    expect(pulled).toBeLessThan(10);
    await expect(readJson(post('x'.repeat(10_000_000)))).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  });
});

describe('a handle', () => {
  it.each([
    ['Ada Lovelace', 'ada.lovelace'],
    ['Łukasz Żółć', 'lukasz.zolc'],
    ["Siobhán O'Neill", 'siobhan.oneill'],
    ['Юлия Щукина', 'yuliya.shchukina'],
    ['Νίκος Παπαδόπουλος', 'nikos.papadopoylos'],
    ['Jürgen Groß', 'jurgen.gross'],
    ['李小龍', ''],
    ['🙂', ''],
  ])('of %s is %s', (name, handle) => {
    expect(plainHandle(name)).toBe(handle);
  });

  it('of a very long name leaves room for a number', () => {
    expect(plainHandle('a'.repeat(80))).toHaveLength(24);
  });
});

describe('a device', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140',
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 (KHTML, like Gecko) Version/19 Mobile Safari/604',
      'Safari on iPhone',
    ],
    ['curl/8.5.0', 'curl'],
    ['', 'Unknown device'],
  ])('is named after its browser and system: %s', (userAgent, name) => {
    expect(deviceName(userAgent)).toBe(name);
  });
});
