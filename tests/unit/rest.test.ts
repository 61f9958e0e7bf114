import { beforeEach, describe, expect, it } from 'vitest';
import { plainHandle } from '@/lib/domain/users/handles';
import { deviceName } from '@/lib/doors/auth/device';
import { readJson } from '@/lib/doors/rest/body';
import { env } from '@/lib/platform/env/env';
import { addressBehindProxies, addressSubject, isFromThisMachine } from '@/lib/platform/http/address';
import { classifyOrigin, rejectForeign } from '@/lib/platform/http/origin';

beforeEach(() => {
  Object.assign(env(), { PUBLIC_URL: '', ALLOWED_ORIGINS: [], TRUST_PROXY: 0 });
});

const judge = (origin: string, host: string, proto?: string) => classifyOrigin({ origin, host, proto });

describe('an Origin', () => {
  it('is own when its scheme, host and port are those that were asked, as long as no PUBLIC_URL says otherwise', () => {
    expect(judge('http://chat.lan:3000', 'chat.lan:3000')).toBe('own');
    expect(judge('http://chat.lan', 'Chat.LAN:80')).toBe('own');
    expect(judge('http://[::1]:3000', '[::1]:3000')).toBe('own');
    expect(judge('http://chat.lan:4000', 'chat.lan:3000')).toBe('foreign');
    expect(judge('https://chat.lan:3000', 'chat.lan:3000')).toBe('foreign');
    expect(judge('https://chat.lan', 'chat.lan')).toBe('foreign');
    expect(judge('http://chat.lan', 'evil@chat.lan.evil.example')).toBe('foreign');
    expect(judge('https://evil.example', 'chat.lan:3000')).toBe('foreign');
    expect(judge('http://undefined', '')).toBe('foreign');
  });

  it('is of the scheme that a trusted proxy says people came by, and of no other', () => {
    expect(judge('https://chat.lan', 'chat.lan', 'https')).toBe('foreign');
    env().TRUST_PROXY = 1;
    expect(judge('https://chat.lan', 'chat.lan', 'https')).toBe('own');
    expect(judge('http://chat.lan', 'chat.lan', 'https')).toBe('foreign');
    expect(judge('https://chat.lan', 'chat.lan', 'https, http')).toBe('foreign');
    env().TRUST_PROXY = 2;
    expect(judge('https://chat.lan', 'chat.lan', 'http, https, http')).toBe('own');
    expect(judge('https://chat.lan', 'chat.lan', 'https')).toBe('own');
  });

  it('is own only as PUBLIC_URL once that is set, whatever the Host header says', () => {
    env().PUBLIC_URL = 'https://chat.example.org';
    expect(judge('https://chat.example.org', '10.0.0.7:3000')).toBe('own');
    expect(judge('http://chat.example.org', 'chat.example.org')).toBe('foreign');
    expect(judge('https://evil.example', 'evil.example')).toBe('foreign');
  });

  it('of an allowed page is allowed, which is less than own', () => {
    env().ALLOWED_ORIGINS = ['https://widget.example'];
    expect(judge('https://widget.example', 'chat.lan')).toBe('allowed');
  });

  it.each(['null', 'file://', 'chat.lan', 'javascript:alert(1)'])('that is no web page is foreign: %s', (origin) => {
    expect(judge(origin, 'chat.lan')).toBe('foreign');
  });

  it('that is missing is nobody, unless the browser says that the request crosses sites', () => {
    const request = (headers: Record<string, string>) => new Request('http://chat.lan/api/me', { method: 'PATCH', headers });
    expect(rejectForeign(request({ host: 'chat.lan' }))).toBe('none');
    expect(() => rejectForeign(request({ host: 'chat.lan', 'sec-fetch-site': 'cross-site' }))).toThrow('other sites');
    expect(rejectForeign(request({ host: 'chat.lan', 'sec-fetch-site': 'same-origin' }))).toBe('none');
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

  it('of IPv4 in IPv6 is the IPv4 one, however it is written', () => {
    for (const address of ['::ffff:203.0.113.9', '::FFFF:cb00:7109', '0:0:0:0:0:ffff:203.0.113.9'])
      expect(addressBehindProxies(address, null)).toBe('203.0.113.9');
  });

  it.each([
    ['203.0.113.9:4711', '203.0.113.9'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['"[2001:DB8:0::1]"', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
  ])('is read as proxies write it: %s', (written, address) => {
    env().TRUST_PROXY = 1;
    expect(addressBehindProxies('10.0.0.1', `6.6.6.6, ${written}`)).toBe(address);
  });

  it.each([
    'unknown',
    '_hidden',
    '999.1.1.1',
    '0x7f.1',
    '1',
    '<script>',
    'x'.repeat(10_000),
    '::1::',
    '127.0.0.1.evil.example',
  ])('that is none is the one of the socket: %s', (written) => {
    env().TRUST_PROXY = 1;
    expect(addressBehindProxies('10.0.0.1', written)).toBe('10.0.0.1');
  });

  it('of IPv6 counts with its whole /64, however it is written', () => {
    expect(addressSubject('2001:db8:1:2:3:4:5:6')).toBe(addressSubject('2001:db8:1:2::1'));
    expect(addressSubject('2001:0DB8:0001:2::1%eth0')).toBe(addressSubject('2001:db8:1:2::9'));
    expect(addressSubject('2001:db8:1:2::1')).not.toBe(addressSubject('2001:db8:1:3::1'));
    expect(addressSubject('203.0.113.9')).toBe('203.0.113.9');
    expect(addressSubject('::ffff:203.0.113.9')).toBe('203.0.113.9');
  });
});

describe('this machine', () => {
  const from = (headers: Record<string, string> = {}) =>
    isFromThisMachine(new Headers({ host: 'localhost:3000', 'x-parley-address': '127.0.0.1', ...headers }));

  it('is where a request comes from that was sent to loopback, from loopback', () => {
    expect(from()).toBe(true);
    expect(from({ 'x-forwarded-for': '127.0.0.1' })).toBe(true);
    expect(from({ 'x-parley-address': '::ffff:127.0.0.1' })).toBe(true);
    expect(from({ 'x-parley-address': '::1', host: '[::1]:3000' })).toBe(true);
    expect(from({ host: '127.0.0.1' })).toBe(true);
    expect(from({ 'x-parley-address': '203.0.113.9' })).toBe(false);
    expect(from({ 'x-parley-address': '' })).toBe(false);
  });

  it('is nobody’s behind a proxy or with a public address, whatever the headers say', () => {
    for (const settings of [
      { TRUST_PROXY: 1 },
      { PUBLIC_URL: 'https://chat.example.org' },
      { PUBLIC_URL: 'http://10.0.0.7' },
    ]) {
      Object.assign(env(), { TRUST_PROXY: 0, PUBLIC_URL: '', ...settings });
      expect(from()).toBe(false);
      expect(from({ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-host': 'localhost' })).toBe(false);
    }
  });

  it('has addresses that only it can open', () => {
    for (const PUBLIC_URL of ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000']) {
      Object.assign(env(), { PUBLIC_URL });
      expect(from()).toBe(true);
    }
  });

  it.each([
    'tunnel.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example:3000',
    '127.0.0.1@evil.example',
    '0.0.0.0:3000',
    '',
    '[::ffff:10.0.0.1]',
  ])('has no other name: %s', (host) => {
    expect(from({ host })).toBe(false);
  });

  it('is not where a request comes from that was passed on', () => {
    expect(from({ 'x-forwarded-for': '203.0.113.9' })).toBe(false);
    expect(from({ 'x-forwarded-for': '203.0.113.9, 127.0.0.1' })).toBe(false);
    expect(from({ 'x-forwarded-for': 'nonsense' })).toBe(false);
    expect(from({ via: '1.1 proxy' })).toBe(false);
    expect(from({ forwarded: 'for=127.0.0.1' })).toBe(false);
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
