import { createContext, useContext } from 'react';
import type { Sender } from '@/lib/domain/users/schema';
import { isolated } from '@/lib/platform/text/isolated';

interface People {
  me: string;
  byHandle: Map<string, Sender>;
}

/** The people whom an `@handle` can mention here. */
export const PeopleContext = createContext<People>({ me: '', byHandle: new Map() });

interface Props {
  handle: string;
  /** as typed */
  text: string;
  /** whether it has a tooltip with the person's name */
  isNamed: boolean;
}

/** A mention of a person in the conversation; an unknown handle is plain text. */
export function Mention({ handle, text, isNamed }: Props) {
  const { me, byHandle } = useContext(PeopleContext);
  const person = byHandle.get(handle);
  if (!person) return text;
  return (
    <bdi className={person.id === me ? 'mention own' : 'mention'} title={isNamed ? isolated(person.name) : undefined}>
      {text}
    </bdi>
  );
}
