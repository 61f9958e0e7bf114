/** The logo: a speech bubble with two lines, and the name. */
export function Wordmark() {
  return (
    <span className="flex items-center gap-2.5 font-semibold text-md">
      <svg viewBox="0 0 32 32" className="size-7" aria-hidden="true">
        <rect width="32" height="32" rx="8" className="fill-accent" />
        <path
          d="M9 9.5h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-6.2L12 25v-4.5H9a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2Z"
          className="fill-on-accent"
        />
        <path d="M11.5 13.5h9M11.5 16.75h5.5" className="stroke-accent" strokeWidth="1.75" strokeLinecap="round" />
      </svg>
      Parley
    </span>
  );
}
