import { pictureUrl } from '@/lib/domain/attachments/shape';
import { statusesOf } from '@/lib/domain/presence/access';
import {
  defaultSettings,
  type Me,
  type Sender,
  type SettingName,
  type Settings,
  settingNames,
  settingsSchema,
  type User,
} from '@/lib/domain/users/schema';
import { mayInWorkspace } from '@/lib/domain/workspace/permissions';

/** Prisma's selection for a Sender. */
export const senderSelect = { id: true, name: true, handle: true, imageId: true } as const;

/** Prisma's selection for a User. */
export const userSelect = { ...senderSelect, statusText: true, lastSeenAt: true } as const;

/** Prisma's selection for a Me. */
export const meSelect = { ...userSelect, email: true, role: true, ...selectionOf(settingNames) } as const;

export interface SenderRow {
  id: string;
  name: string;
  handle: string;
  imageId: string | null;
}

/** SQL: a SenderRow of the user with this alias. */
export const senderJson = (user: string) =>
  `json_build_object('id', ${user}.id, 'name', ${user}.name, 'handle', ${user}.handle, 'imageId', ${user}."imageId")`;

export interface UserRow extends SenderRow {
  statusText: string;
  lastSeenAt: Date | null;
}

export interface MeRow extends UserRow, Record<SettingName, unknown> {
  email: string;
  role: 'OWNER' | 'ADMIN' | 'MEMBER';
}

export const imageUrl = (imageId: string | null): string | null => (imageId ? pictureUrl(imageId) : null);

export function toSender(row: SenderRow): Sender {
  return { id: row.id, name: row.name, handle: row.handle, image: imageUrl(row.imageId) };
}

/** Users in the order of the rows; presence gives all statuses in one query. */
export async function shapeUsers(rows: UserRow[]): Promise<User[]> {
  const statuses = await statusesOf(rows.map((row) => row.id));
  return rows.map((row) => ({
    ...toSender(row),
    status: statuses.get(row.id) ?? 'offline',
    statusText: row.statusText,
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  }));
}

export async function shapeUser(row: UserRow): Promise<User> {
  const [user] = await shapeUsers([row]);
  return user as User;
}

export async function shapeMe(row: MeRow): Promise<Me> {
  const { email, role } = row;
  const own = { email, role: role.toLowerCase() as Me['role'], may: mayInWorkspace(row) };
  return { ...(await shapeUser(row)), ...own, ...settingsIn(row) };
}

function settingsIn(row: Record<SettingName, unknown>): Settings {
  const known = settingNames.filter((name) => settingsSchema.shape[name].safeParse(row[name]).success);
  return { ...defaultSettings, ...Object.fromEntries(known.map((name) => [name, row[name]])) };
}

function selectionOf<Name extends string>(names: readonly Name[]): Record<Name, true> {
  return Object.fromEntries(names.map((name) => [name, true])) as Record<Name, true>;
}
