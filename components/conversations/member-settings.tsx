'use client';
import { useState } from 'react';
import { api } from '@/client/api/api';
import { useProblems } from '@/client/intl/problems';
import { useTranslations } from '@/client/intl/translations';
import { useTakeConversation } from '@/client/state/queries';
import { Segmented } from '@/components/ui/segmented';
import { toast } from '@/components/ui/toast';
import type { Conversation, MemberSettings } from '@/lib/domain/conversations/schema';

type Name = keyof MemberSettings;
type Texts = { [Of in Name]: { label: string; choices: Record<MemberSettings[Of], string> } };

/** The texts of each setting and of its choices, in the order in which they are shown. */
const settings = {
  notify: { label: 'notifyMe', choices: { all: 'notifyAll', mentions: 'notifyMentions', none: 'notifyNone' } },
} as const satisfies Texts;

/** What a member sets for themselves in a conversation. */
export function MemberSettingsFields({ conversation }: { conversation: Conversation }) {
  const { me } = conversation;
  if (!me) return null;
  const names = Object.keys(settings) as Name[];
  return names.map((name) => <Choice key={name} name={name} conversationId={conversation.id} stored={me[name]} />);
}

interface ChoiceProps {
  name: Name;
  conversationId: string;
  stored: MemberSettings[Name];
}

/** Shows a choice at once, and the stored one again when it could not be saved. */
function Choice({ name, conversationId, stored }: ChoiceProps) {
  const t = useTranslations('conversations');
  const problems = useProblems();
  const take = useTakeConversation();
  const [chosen, setChosen] = useState<MemberSettings[Name] | null>(null);
  const { label, choices } = settings[name];
  const change = async (value: MemberSettings[Name]) => {
    setChosen(value);
    try {
      const answer = await api.patch<{ conversation: Conversation }>(`/api/conversations/${conversationId}/me`, {
        [name]: value,
      });
      take(answer.conversation);
    } catch (error) {
      toast(problems.say(error), { kind: 'failed' });
    }
    setChosen(null);
  };
  return (
    <section className="border-line border-t px-4 py-4">
      <h3 className="mb-2 font-medium text-muted text-xs">{t(label)}</h3>
      <Segmented
        label={t(label)}
        value={chosen ?? stored}
        onChange={(value) => void change(value)}
        options={(Object.keys(choices) as MemberSettings[Name][]).map((value) => ({ value, label: t(choices[value]) }))}
      />
    </section>
  );
}
