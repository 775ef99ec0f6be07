import { Component, type ReactNode } from "react"
import { InlineError } from "./InlineError.tsx"

interface ErrorBoundaryProps {
  readonly element: string
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
    if (message === undefined) return this.props.children
    return <InlineError element={this.props.element} messages={[message]} />
  }
}
