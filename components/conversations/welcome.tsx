'use client';
import { Compass, MessageSquare, UserPlus, UsersRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { useMe } from '@/client/state/queries';
import { firstName } from '@/components/conversations/preview';
import { useFrame } from '@/components/shell/frame';
import { Button } from '@/components/ui/button';

/** The first steps: the owner invites people first, other people look around first. */
export function Welcome() {
  const t = useTranslations('conversations');
  const me = useMe();
  const openDialog = useFrame((frame) => frame.openDialog);
  const finish = useFrame((frame) => frame.finishWelcome);
  const isHost = me.may.invite;
  return (
    <div className="flex flex-1 overflow-y-auto p-6">
      <div className="m-auto w-full max-w-110">
        <h1 className="font-semibold text-xl">{t.rich('welcome', { name: firstName(me.name) })}</h1>
        <p className="mt-1 text-md text-muted">{isHost ? t('threeSteps') : t('threeWays')}</p>
        <ol className="mt-6 flex flex-col overflow-hidden rounded-lg border border-line">
          {isHost ? (
            <Step
              icon={<UserPlus />}
              title={t('inviteSomebody')}
              text={t('inviteStep')}
              action={<Button onClick={() => openDialog('invite')}>{t('invite')}</Button>}
            />
          ) : (
            <Step
              icon={<Compass />}
              title={t('lookAround')}
              text={t('lookAroundStep')}
              action={<Button onClick={() => openDialog('browse')}>{t('browse')}</Button>}
            />
          )}
          <Step
            icon={<UsersRound />}
            title={t('createAGroup')}
            text={t('groupStep')}
            action={<Button onClick={() => openDialog('group')}>{t('create')}</Button>}
          />
          <Step
            icon={<MessageSquare />}
            title={t('sayHello')}
            text={t('sayHelloStep')}
            action={<Button onClick={() => openDialog('direct')}>{t('write')}</Button>}
          />
        </ol>
        <Button look="quiet" className="mt-4 -ms-4" onClick={finish}>
          {t('skip')}
        </Button>
      </div>
    </div>
  );
}

function Step({ icon, title, text, action }: { icon: ReactNode; title: string; text: string; action: ReactNode }) {
  return (
    <li className="flex items-center gap-4 border-line px-4 py-3.5 not-first:border-t">
      <span className="flex size-9 shrink-0 items-center justify-center rounded-full bg-accent-soft text-accent-text">
        {icon}
      </span>
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{title}</span>
        <span className="block text-muted text-sm">{text}</span>
      </span>
      {action}
    </li>
  );
}
