'use client';
import { Hash } from 'lucide-react';
import { ScreenHeader } from '@/components/conversations/screen-header';
import { JoinButton } from '@/components/participants/join-button';
import { EmptyState } from '@/components/ui/empty-state';
import { Face } from '@/components/ui/face';
import type { Conversation } from '@/lib/domain/conversations/schema';
import { phrase } from '@/lib/platform/text/phrase';

/** A public group from outside. */
export function PreviewScreen({ conversation }: { conversation: Conversation }) {
  const { id, name, image, description, participantCount } = conversation;
  const people = `${participantCount} ${participantCount === 1 ? 'member' : 'members'}`;
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
        title={phrase`You are not in ${name} yet`}
        text={description ? phrase`${description} · ${people}` : `A public group with ${people}.`}
        action={<JoinButton conversation={conversation} />}
      />
    </>
  );
}
