import { createContext, useContext } from 'react';
import type { Sender } from '@/lib/domain/users/schema';
import { isolated } from '@/lib/platform/text/isolated';

interface People {
  me: string;
  byHandle: Map<string, Sender>;
}

/** Who can be meant by an `@handle` here. */
export const PeopleContext = createContext<People>({ me: '', byHandle: new Map() });

interface Props {
  handle: string;
  /** as it was typed */
  text: string;
  /** whether it says, on being pointed at, whom it means */
  isNamed: boolean;
}

/** Somebody in the conversation is named; a handle of nobody is plain text. */
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
