import { z } from 'zod';
import { statusSchema, statusTextSchema } from '@/lib/domain/presence/schema';
import { because } from '@/lib/platform/errors/schema';
import { localeNames } from '@/lib/platform/intl/schema';
import { cursorSchema, limitSchema } from '@/lib/platform/paging/schema';
import { canonicalPassword } from '@/lib/platform/text/passwords';
import { idSchema, lineSchema, textSchema, timeSchema } from '@/lib/platform/validation/schema';

const localeSchema = z.enum(localeNames);

/** The author of a message or an action: the fields of a person that a message carries. */
export const senderSchema = z.object({
  id: idSchema,
  name: z.string(),
  handle: z.string(),
  image: z.string().nullable(),
});
export type Sender = z.infer<typeof senderSchema>;

export const userSchema = senderSchema.extend({
  status: statusSchema,
  statusText: z.string(),
  lastSeenAt: timeSchema.nullable(),
});
export type User = z.infer<typeof userSchema>;

/** The permissions in the workspace; lib/domain/workspace/permissions.ts has the rules. */
export const workspacePermissionSchema = z.enum(['invite', 'administer', 'own']);
export type WorkspacePermission = z.infer<typeof workspacePermissionSchema>;

/**
 * The settings that only the person sees. Each is a column of `User` with the same name and the same values. PATCH /api/me, the
 * stored row, `Me`, `me.updated` and the settings page take them from here.
 */
export const settingsSchema = z.object({
  /** the language of the interface; null: the browser's language */
  locale: localeSchema.nullable(),
});
export type Settings = z.infer<typeof settingsSchema>;
export type SettingName = keyof Settings;
export const settingNames = settingsSchema.keyof().options;

/** What a setting is when the row has a value that only a later version knows. */
export const defaultSettings: Settings = { locale: null };

/** The signed-in user. */
export const meSchema = userSchema.extend({
  email: z.string(),
  role: z.enum(['owner', 'admin', 'member']),
  may: z.record(workspacePermissionSchema, z.boolean()),
  ...settingsSchema.shape,
});
export type Me = z.infer<typeof meSchema>;

export const nameSchema = lineSchema(80);
export const emailSchema = z.email('Expected an e-mail address.').max(254).toLowerCase();
/** 8 to 200 characters in canonical form; never trimmed */
export const passwordSchema = z
  .string()
  .max(1_000, 'At most 200 characters.')
  .transform(canonicalPassword)
  .pipe(
    textSchema(() => 200)
      .refine((text) => [...text].length >= 8, because('TOO_SHORT', 'At least 8 characters.'))
      .refine((text) => !/\p{Cc}/u.test(text), because('CONTROL_CHARACTERS', 'Must not contain control characters.')),
  );
export const handleSchema = z
  .string()
  .toLowerCase()
  .refine(
    (text) => /^[a-z0-9](?:[a-z0-9._-]{0,30}[a-z0-9])?$/.test(text),
    because('NOT_HANDLE', 'Expected 1 to 32 letters, digits, dots, - or _.'),
  );

export const registerSchema = z.object({
  name: nameSchema,
  email: emailSchema,
  password: passwordSchema,
  invite: z.string().max(200).optional(),
  setupCode: z.string().max(200).optional(),
});

export const credentialsSchema = z.object({ email: z.string().trim().toLowerCase().max(254), password: z.string().max(1_000) });

export const profileSchema = z.object({
  name: nameSchema.optional(),
  handle: handleSchema.optional(),
  statusText: statusTextSchema.optional(),
  /** null removes the picture */
  imageId: idSchema.nullable().optional(),
  ...settingsSchema.partial().shape,
});
export type ProfileInput = z.output<typeof profileSchema>;

export const byUserSchema = z.object({ userId: idSchema });

export const listUsersSchema = z.object({
  q: textSchema(() => 100).default(''),
  cursor: cursorSchema.optional(),
  limit: limitSchema(50),
});

export const userPageSchema = z.object({ users: z.array(userSchema), nextCursor: z.string().nullable() });
export type UserPage = z.infer<typeof userPageSchema>;

export const usersAnswerSchema = z.object({ users: z.array(userSchema) });
export const meAnswerSchema = z.object({ user: meSchema });
/** A person's user; for one's own id with the private fields. */
export const userAnswerSchema = z.object({ user: meSchema.or(userSchema) });
