import { connection } from 'next/server';
import { buttonClass } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Wordmark } from '@/components/ui/wordmark';

export const metadata = { title: 'Not found · Parley' };

export default async function NotFound() {
  await connection();
  return (
    <main className="flex min-h-dvh flex-col p-6">
      <Wordmark />
      <EmptyState
        isHeading
        title="There is nothing here"
        text="The page is gone, or it belongs to a conversation you are not in."
        action={
          <a href="/" className={buttonClass()}>
            Back to your conversations
          </a>
        }
      />
    </main>
  );
}
