'use client';
import { type ComponentType, type ReactNode, Suspense, use, useEffect } from 'react';

/** A component whose code comes over the network when it is first shown, and again after it did not come. */
export class Part<Props> {
  #loading: Promise<ComponentType<Props>> | undefined;
  #loaded: ComponentType<Props> | undefined;

  readonly #load: () => Promise<ComponentType<Props>>;

  constructor(load: () => Promise<ComponentType<Props>>) {
    this.#load = load;
  }

  /** The same promise each time, as long as it may be kept. */
  get component(): Promise<ComponentType<Props>> {
    this.#loading ??= this.#load().then(
      (component) => {
        this.#loaded = component;
        return component;
      },
      (failure: unknown) => {
        this.#loading = undefined;
        throw failure;
      },
    );
    return this.#loading;
  }

  /** The component, once it has come. */
  get loaded(): ComponentType<Props> | undefined {
    return this.#loaded;
  }

  /** Loads the code before it is needed. Where it does not come, showing the component tries again. */
  prefetch(): void {
    this.component.catch(() => undefined);
  }
}

/** Loads parts once the page has nothing more urgent to do, so that nobody waits for them later. @param parts always the same list */
export function usePrefetch(parts: readonly Pick<Part<never>, 'prefetch'>[]): void {
  useEffect(() => {
    const prefetch = () => {
      for (const part of parts) part.prefetch();
    };
    // Safari has no idle callback.
    if (!window.requestIdleCallback) {
      const timer = setTimeout(prefetch, 1_000);
      return () => clearTimeout(timer);
    }
    const request = window.requestIdleCallback(prefetch, { timeout: 5_000 });
    return () => window.cancelIdleCallback(request);
  }, [parts]);
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
  // Waiting even for a promise that is fulfilled would show the fallback for a moment, and React keeps that for 300 ms.
  const Component = (part.loaded ?? use(part.component)) as ComponentType<object>;
  return <Component {...(props as object)} />;
}
