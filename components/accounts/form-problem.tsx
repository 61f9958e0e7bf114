import { CircleAlert } from 'lucide-react';

/** A problem of the form as a whole, above its button. */
export function FormProblem({ text }: { text: string | undefined }) {
  if (!text) return null;
  return (
    <p role="alert" className="flex items-start gap-2 rounded-md bg-danger-soft px-3 py-2 text-danger text-sm">
      <CircleAlert className="mt-px size-4" />
      {text}
    </p>
  );
}
