import { Component, type ReactNode } from "react"
import { sentence } from "../connect/sentence.ts"
import { Notice } from "../ui/Notice.tsx"

/** Keeps what an example throws at its place: every other example goes on. */
export class ExampleBoundary extends Component<{ readonly children: ReactNode }, { readonly message?: string }> {
  override state: { readonly message?: string } = {}

  static getDerivedStateFromError(error: unknown): { message: string } {
    return { message: sentence(error) }
  }

  override render(): ReactNode {
    const { message } = this.state
    return message === undefined ? this.props.children : <Notice tone="wrong">{message}</Notice>
  }
}
