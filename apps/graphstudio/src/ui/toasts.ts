import { create } from "zustand"

export interface Toast {
  readonly id: number
  readonly title: string
  readonly detail?: string | undefined
  readonly tone?: "good" | "wrong" | "info"
  readonly action?: { readonly label: string; readonly run: () => void }
}

interface ToastState {
  readonly toasts: readonly Toast[]
}

export const useToasts = create<ToastState>(() => ({ toasts: [] }))

let nextId = 1

/** Says something at the edge of the screen; at most four stay. */
export function toast(message: Omit<Toast, "id">): void {
  const added: Toast = { ...message, id: nextId++ }
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts, added].slice(-4) }))
}

export function dismissToast(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((entry) => entry.id !== id) }))
}
