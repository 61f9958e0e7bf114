'use client';
import { MessageSquareDashed, WifiOff } from 'lucide-react';
import { leaveTo } from '@/components/conversations/navigate';
import { ScreenHeader } from '@/components/conversations/screen-header';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

/** The address of a conversation that is gone, or was never one's own; or one that cannot be reached now. */
export function MissingScreen({ unreachable = false }: { unreachable?: boolean }) {
  return (
    <>
      <ScreenHeader>
        <h1 className="font-semibold text-md">{unreachable ? 'Not reachable' : 'Not here'}</h1>
      </ScreenHeader>
      {unreachable ? (
        <EmptyState
          icon={<WifiOff />}
          title="This conversation could not be loaded"
          text="Parley cannot be reached right now."
          action={<Button onClick={() => location.reload()}>Try again</Button>}
        />
      ) : (
        <EmptyState
          icon={<MessageSquareDashed />}
          title="There is nothing here"
          text="The conversation is gone, or you are not in it."
          action={<Button onClick={() => leaveTo('/')}>Back to your conversations</Button>}
        />
      )}
    </>
  );
}
