'use client';
import { type ComponentType, type ReactNode, Suspense, use } from 'react';

/** A component whose code comes over the network when it is first shown, and again after it did not come. */
export class Part<Props> {
  #loading: Promise<ComponentType<Props>> | undefined;

  readonly #load: () => Promise<ComponentType<Props>>;

  constructor(load: () => Promise<ComponentType<Props>>) {
    this.#load = load;
  }

  /** The same promise each time, as long as it may be kept. */
  get component(): Promise<ComponentType<Props>> {
    this.#loading ??= this.#load().catch((failure: unknown) => {
      this.#loading = undefined;
      throw failure;
    });
    return this.#loading;
  }
}

interface OnDemandProps<Props> {
  part: Part<Props>;
  with: Props;
  /** what stands there until it has come */
  fallback?: ReactNode;
}

/** Throws when the code does not come: the boundary around it offers another try. */
export function OnDemand<Props>({ part, with: props, fallback = null }: OnDemandProps<Props>) {
  return (
    <Suspense fallback={fallback}>
      <Loaded part={part} with={props} />
    </Suspense>
  );
}

function Loaded<Props>({ part, with: props }: OnDemandProps<Props>) {
  const Component = use(part.component) as ComponentType<object>;
  return <Component {...(props as object)} />;
}
