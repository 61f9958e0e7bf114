'use client';
import { Component, type ReactNode } from 'react';

interface Props {
  /** What stands in its place: a sentence and a way on. */
  fallback: (retry: () => void) => ReactNode;
  /** When this is another one than what failed, it is tried again by itself. */
  of?: unknown;
  children: ReactNode;
}

interface State {
  failed: boolean;
  of: unknown;
}

/**
 * What fails in it costs no more than it. On the server React knows no boundaries: what is drawn from a person's words there must
 * not throw in the first place.
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
