import { clsx } from 'clsx';
import { useTranslations } from '@/client/intl/translations';
import type { Completion } from '@/components/messages/completion';
import { Avatar } from '@/components/users/avatar';

export const completionId = 'composer-completion';
export const optionId = (index: number) => `${completionId}-${index}`;

interface Props {
  options: Completion[];
  chosen: number;
  onTake: (index: number) => void;
}

/** The suggestions above the composer. The focus stays in the text. */
export function CompletionList({ options, chosen, onTake }: Props) {
  const t = useTranslations('messages');
  if (options.length === 0) return null;
  return (
    <div
      id={completionId}
      role="listbox"
      aria-label={t('suggestions')}
      className="absolute bottom-full start-0 z-20 mb-1 w-80 max-w-full animate-appear rounded-lg bg-raised p-1 shadow-raised"
    >
      {options.map((option, index) => (
        <div
          key={option.key}
          id={optionId(index)}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          // Before the text loses the focus.
          onPointerDown={(event) => {
            event.preventDefault();
            onTake(index);
          }}
          className={clsx(
            'flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 touch:h-11',
            index === chosen ? 'bg-selected' : 'hover:bg-hover',
          )}
        >
          {option.person && <Avatar user={option.person} size={24} />}
          {option.emoji && <span className="w-6 text-center text-lg">{option.emoji}</span>}
          <bdi className="truncate font-medium">{option.label}</bdi>
          <bdi className="truncate text-faint text-sm">{option.hint}</bdi>
        </div>
      ))}
    </div>
  );
}
