import compact from 'emojibase-data/en/compact.json';
import data from 'emojibase-data/en/data.json';
import messages from 'emojibase-data/en/messages.json';
import shortcodes from 'emojibase-data/en/shortcodes/github.json';
import { canonicalEmoji } from '@/lib/platform/text/emoji';

/** The emoji picker's data, from here and not from a CDN. `shortcodes.json` is for completion: `[[emoji, ...codes]]`. */
export async function GET(request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const { file } = await params;
  const body = files[file]?.();
  if (body === undefined) return new Response(null, { status: 404 });
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
  return new Response(body, { headers: { ...headers, 'content-type': 'application/json' } });
}

const etag = '"emojibase-17"';
const headers = { etag, 'cache-control': 'public, max-age=86400' };

const files: Record<string, () => string> = {
  'data.json': once(() => data),
  'messages.json': once(() => messages),
  'shortcodes.json': once(listShortcodes),
};

function listShortcodes(): string[][] {
  const byCode: Record<string, string | string[]> = shortcodes;
  return compact.flatMap(({ hexcode, unicode }) => {
    const codes = byCode[hexcode];
    return codes === undefined ? [] : [[canonicalEmoji(unicode), ...(typeof codes === 'string' ? [codes] : codes)]];
  });
}

/** Half a megabyte is written out once, not for every picker. */
function once(make: () => unknown): () => string {
  let text: string | undefined;
  return () => {
    text ??= JSON.stringify(make());
    return text;
  };
}
