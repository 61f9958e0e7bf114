'use client';
import { Component, type ReactNode } from 'react';

interface Props {
  /** Replaces the content after an error. */
  fallback: (retry: () => void) => ReactNode;
  /** When this value changes, the content is rendered again. */
  of?: unknown;
  children: ReactNode;
}

interface State {
  failed: boolean;
  of: unknown;
}

/**
 * Limits an error to its own content. React has no boundaries on the server, so components that render user content there must not
 * throw.
 */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false, of: this.props.of };

  static getDerivedStateFromError(): Partial<State> {
    return { failed: true };
  }

  static getDerivedStateFromProps({ of }: Props, state: State): State | null {
    return Object.is(of, state.of) ? null : { failed: false, of };
  }

  retry = () => this.setState({ failed: false });

  override render() {
    return this.state.failed ? this.props.fallback(this.retry) : this.props.children;
  }
}
