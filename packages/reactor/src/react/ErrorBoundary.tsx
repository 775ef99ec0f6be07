import { Component, type ReactNode } from "react"

interface ErrorBoundaryProps {
  /** What stands in its place instead. */
  readonly instead: (message: string) => ReactNode
  readonly children: ReactNode
}

/** Keeps an error of one component at its place: the rest of the panel goes on. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly message?: string }> {
  override state: { readonly message?: string } = {}

  static getDerivedStateFromError(error: unknown): { message: string } {
    return { message: error instanceof Error ? error.message : String(error) }
  }

  override render(): ReactNode {
    const { message } = this.state
    return message === undefined ? this.props.children : this.props.instead(message)
  }
}
