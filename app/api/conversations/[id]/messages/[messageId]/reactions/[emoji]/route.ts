import { z } from 'zod';
import { invalid, parse } from '@/lib/errors/error';
import { addReaction, removeReaction } from '@/lib/reactions/reaction';
import { emojiSchema } from '@/lib/reactions/schema';
import { id, route } from '@/lib/rest/route';

export const PUT = route(async ({ userId, params }) => ({
  message: await addReaction(userId, id(params.messageId), emojiOf(params.emoji), id(params.id)),
}));

export const DELETE = route(async ({ userId, params }) => ({
  message: await removeReaction(userId, id(params.messageId), emojiOf(params.emoji), id(params.id)),
}));

/** From the path, where it may still be percent-encoded. No emoji contains a percent sign. */
function emojiOf(segment = ''): string {
  try {
    return parse(pathSchema, { emoji: decodeURIComponent(segment) }).emoji;
  } catch (error) {
    throw error instanceof URIError ? invalid({ emoji: 'Expected one emoji.' }) : error;
  }
}

const pathSchema = z.object({ emoji: emojiSchema });
