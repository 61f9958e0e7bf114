import { clsx } from 'clsx';
import { createContext, type ReactNode, useContext } from 'react';
import { isolated } from '@/lib/text/phrase';
import type { Sender } from '@/lib/users/schema';

interface People {
  me: string;
  byHandle: Map<string, Sender>;
}

/** Who can be meant by an `@handle` here. */
export const PeopleContext = createContext<People>({ me: '', byHandle: new Map() });

/** Somebody in the conversation is named; a handle of nobody is plain text. */
export function Mention({ handle, children }: { handle: string; children?: ReactNode }) {
  const { me, byHandle } = useContext(PeopleContext);
  const person = byHandle.get(handle);
  if (!person) return children;
  const own = person.id === me;
  return (
    <bdi
      data-mention={person.id}
      title={isolated(person.name)}
      className={clsx('rounded-sm px-0.5 font-medium', own ? 'bg-mention text-text' : 'bg-accent-soft text-accent-text')}
    >
      {children}
    </bdi>
  );
}
