import { create } from "zustand"

export interface Toast {
  readonly id: number
  readonly title: string
  readonly detail?: string | undefined
  readonly tone?: "good" | "wrong" | "info"
  readonly action?: { readonly label: string; readonly run: () => void }
  /** Runs once, when it has left the screen in whatever way. */
  readonly onGone?: () => void
}

interface ToastState {
  readonly toasts: readonly Toast[]
  /** Whether anything was ever said on this page. */
  readonly told: boolean
}

export const useToasts = create<ToastState>(() => ({ toasts: [], told: false }))

const MOST = 4
let nextId = 1

/** Says something at the edge of the screen; at most four stay. */
export function toast(message: Omit<Toast, "id">): void {
  const added: Toast = { ...message, id: nextId++ }
  const { toasts } = useToasts.getState()
  const gone = toasts.slice(0, Math.max(0, toasts.length + 1 - MOST))
  useToasts.setState({ toasts: [...toasts, added].slice(-MOST), told: true })
  for (const { onGone } of gone) onGone?.()
}

export function dismissToast(id: number): void {
  const { toasts } = useToasts.getState()
  useToasts.setState({ toasts: toasts.filter((entry) => entry.id !== id) })
  toasts.find((entry) => entry.id === id)?.onGone?.()
}
