import { connection } from 'next/server';
import { getTranslations } from '@/app/language';
import { buttonClass } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Wordmark } from '@/components/ui/wordmark';

export async function generateMetadata() {
  const t = await getTranslations('ui');
  return { title: t('notFoundPage') };
}

export default async function NotFound() {
  await connection();
  const t = await getTranslations('ui');
  const conversations = await getTranslations('conversations');
  return (
    <main className="flex min-h-dvh flex-col p-6">
      <Wordmark />
      <EmptyState
        isHeading
        title={t('nothingHere')}
        text={t('notFoundText')}
        action={
          <a href="/" className={buttonClass()}>
            {conversations('backToConversations')}
          </a>
        }
      />
    </main>
  );
}
