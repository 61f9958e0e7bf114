import { type EmojiLanguage, emojiLanguages } from '@/lib/platform/intl/schema';
import { canonicalEmoji } from '@/lib/platform/text/emoji';

/** The emoji picker's data, from this server instead of a CDN. `shortcodes.json` is for completion: `[[emoji, ...codes]]`. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ language: string; file: string }> },
): Promise<Response> {
  const { language, file } = await params;
  const body = await find(language, file);
  if (body === undefined) return new Response(null, { status: 404 });
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
  return new Response(body, { headers: { ...headers, 'content-type': 'application/json' } });
}

const etag = '"emojibase-17"';
const headers = { etag, 'cache-control': 'public, max-age=86400' };

interface Files {
  data: () => Promise<{ default: unknown }>;
  messages: () => Promise<{ default: unknown }>;
}

const languages: Record<EmojiLanguage, Files> = {
  de: { data: () => import('emojibase-data/de/data.json'), messages: () => import('emojibase-data/de/messages.json') },
  en: { data: () => import('emojibase-data/en/data.json'), messages: () => import('emojibase-data/en/messages.json') },
  es: { data: () => import('emojibase-data/es/data.json'), messages: () => import('emojibase-data/es/messages.json') },
  fr: { data: () => import('emojibase-data/fr/data.json'), messages: () => import('emojibase-data/fr/messages.json') },
  ja: { data: () => import('emojibase-data/ja/data.json'), messages: () => import('emojibase-data/ja/messages.json') },
  pt: { data: () => import('emojibase-data/pt/data.json'), messages: () => import('emojibase-data/pt/messages.json') },
  zh: { data: () => import('emojibase-data/zh/data.json'), messages: () => import('emojibase-data/zh/messages.json') },
};

const texts = new Map<string, Promise<string>>();

/** Half a megabyte is serialized once, not for every picker. */
function find(language: string, file: string): Promise<string> | undefined {
  const known = emojiLanguages.find((one) => one === language);
  const make = known && makers(known)[file];
  if (!make) return undefined;
  const name = `${language}/${file}`;
  const text = texts.get(name) ?? make().then(JSON.stringify);
  texts.set(name, text);
  return text;
}

function makers(language: EmojiLanguage): Partial<Record<string, () => Promise<unknown>>> {
  const { data, messages } = languages[language];
  return {
    'data.json': async () => (await data()).default,
    'messages.json': async () => (await messages()).default,
    // People type shortcodes in English, whatever their language.
    'shortcodes.json': language === 'en' ? listShortcodes : undefined,
  };
}

async function listShortcodes(): Promise<string[][]> {
  const [compact, shortcodes] = await Promise.all([
    import('emojibase-data/en/compact.json'),
    import('emojibase-data/en/shortcodes/github.json'),
  ]);
  const byCode: Record<string, string | string[]> = shortcodes.default;
  return compact.default.flatMap(({ hexcode, unicode }) => {
    const codes = byCode[hexcode];
    return codes === undefined ? [] : [[canonicalEmoji(unicode), ...(typeof codes === 'string' ? [codes] : codes)]];
  });
}
