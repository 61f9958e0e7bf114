'use client';
import { Component, type ContextType, createContext, type ReactNode } from 'react';

interface Props {
  /** Replaces the content after an error. */
  fallback: (retry: () => void) => ReactNode;
  /** When this value changes, the content is rendered again. */
  of?: unknown;
  /** Requests the data of the content anew, by default as `RequestAgain` says. With the cached data alone, retrying would fail again. */
  request?: () => Promise<unknown>;
  children: ReactNode;
}

interface State {
  failed: boolean;
  of: unknown;
}

/** How boundaries request the data of their content anew. */
export const RequestAgain = createContext<() => Promise<unknown>>(async () => undefined);

/**
 * Limits an error to its own content. React has no boundaries on the server, so components that render user content there must not
 * throw.
 */
export class ErrorBoundary extends Component<Props, State> {
  static override contextType = RequestAgain;
  declare context: ContextType<typeof RequestAgain>;

  override state: State = { failed: false, of: this.props.of };

  static getDerivedStateFromError(): Partial<State> {
    return { failed: true };
  }

  static getDerivedStateFromProps({ of }: Props, state: State): State | null {
    return Object.is(of, state.of) ? null : { failed: false, of };
  }

  /** Renders the content at once, since not every error is one of the data, and again with the new data. */
  retry = () => {
    const { request = this.context } = this.props;
    const render = () => this.setState(({ failed }) => (failed ? { failed: false } : null));
    void request().then(render, render);
    render();
  };

  override render() {
    return this.state.failed ? this.props.fallback(this.retry) : this.props.children;
  }
}
