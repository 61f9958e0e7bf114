'use client';
import { Hash } from 'lucide-react';
import { useTranslations } from '@/client/intl/translations';
import { ScreenHeader } from '@/components/conversations/screen-header';
import { JoinButton } from '@/components/participants/join-button';
import { EmptyState } from '@/components/ui/empty-state';
import { Face } from '@/components/ui/face';
import type { Conversation } from '@/lib/domain/conversations/schema';

/** A public group that the reader is not in. */
export function PreviewScreen({ conversation }: { conversation: Conversation }) {
  const t = useTranslations('conversations');
  const { id, name, image, description, participantCount: count } = conversation;
  return (
    <>
      <ScreenHeader>
        <Face id={id} name={name ?? ''} image={image} size={32} square neutral icon={<Hash className="size-4" />} />
        <h1 dir="auto" className="min-w-0 truncate font-semibold text-md">
          {name}
        </h1>
      </ScreenHeader>
      <EmptyState
        icon={<Hash />}
        title={t('notInYet', { group: name ?? '' })}
        text={description ? t('describedPublic', { description, count }) : t('publicGroupWith', { count })}
        action={<JoinButton conversation={conversation} />}
      />
    </>
  );
}
