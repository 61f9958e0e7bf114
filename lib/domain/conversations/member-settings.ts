import { type MemberSettings, memberSettingNames, type UpdateMembershipInput } from '@/lib/domain/conversations/schema';

type Stored<Value> = Value extends string ? Uppercase<Value> : Value;

/** The settings as `Participant` has them. */
export type StoredSettings = { [Name in keyof MemberSettings]: Stored<MemberSettings[Name]> };

/** SQL: the columns of the settings. */
export const settingColumns = memberSettingNames.map((name) => `p."${name}"`).join(', ');

/** SQL: assigns to the columns the settings in the jsonb `given`, and to the others the values that they have. */
export const assignSettings = (given: string) => {
  const columns = memberSettingNames.map((name) => `"${name}"`).join(', ');
  return `(${columns}) = (SELECT ${columns} FROM jsonb_populate_record(p, ${given}))`;
};

/** The given settings as the columns take them. Undefined ones are left out. */
export function toStored(input: UpdateMembershipInput): Partial<StoredSettings> {
  const given = memberSettingNames.filter((name) => input[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, changeCase(input[name], 'toUpperCase')]));
}

export function fromStored(row: StoredSettings): MemberSettings {
  return Object.fromEntries(memberSettingNames.map((name) => [name, changeCase(row[name], 'toLowerCase')])) as MemberSettings;
}

const changeCase = (value: unknown, change: 'toUpperCase' | 'toLowerCase') =>
  typeof value === 'string' ? value[change]() : value;
