import type { Me, WorkspacePermission } from '@/lib/domain/users/schema';
import { forbidden } from '@/lib/platform/errors/error';
import type { Reason } from '@/lib/platform/errors/schema';

type Role = Uppercase<Me['role']>;

/** The permissions in the workspace. */
const rules: Record<WorkspacePermission, { who: Role[]; refusal: string; reason: Reason }> = {
  invite: { who: ['OWNER', 'ADMIN'], refusal: 'Only the owner and administrators can invite.', reason: 'NOT_HOST' },
  administer: {
    who: ['OWNER', 'ADMIN'],
    refusal: 'Only the owner and administrators can do that.',
    reason: 'NOT_ADMINISTRATOR',
  },
  own: { who: ['OWNER'], refusal: 'Only the owner can do that.', reason: 'NOT_OWNER' },
};

/** @throws FORBIDDEN */
export function demandOfWorkspace(permission: WorkspacePermission, { role }: { role: Role }): void {
  const { who, refusal, reason } = rules[permission];
  if (!who.includes(role)) throw forbidden(refusal, reason);
}

/** All permissions of a person, as answers carry them. */
export function mayInWorkspace({ role }: { role: Role }): Me['may'] {
  const entries = Object.entries(rules).map(([permission, { who }]) => [permission, who.includes(role)]);
  return Object.fromEntries(entries) as Me['may'];
}
