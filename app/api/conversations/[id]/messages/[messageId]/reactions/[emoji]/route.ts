import { z } from 'zod';
import { addReaction, removeReaction } from '@/lib/domain/reactions/reaction';
import { emojiSchema } from '@/lib/domain/reactions/schema';
import { id, route } from '@/lib/doors/rest/route';
import { invalid, parse } from '@/lib/platform/errors/error';

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
