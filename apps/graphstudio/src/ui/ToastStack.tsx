import { CircleAlert, CircleCheck, Info, X } from "lucide-react"
import { Toast } from "radix-ui"
import { FROM_THE_RIGHT } from "../words/language.ts"
import { say, sayFor } from "../words/say.ts"
import { Button, IconButton } from "./Button.tsx"
import { dismissToast, type Toast as Message, useToasts } from "./toasts.ts"

const ICONS = {
  good: <CircleCheck size={16} className="text-good" />,
  wrong: <CircleAlert size={16} className="text-wrong" />,
  info: <Info size={16} className="text-info" />,
} as const

/** The messages at the lower edge; one with an action stays longer. */
export default function ToastStack() {
  const toasts = useToasts((state) => state.toasts)
  return (
    <Toast.Provider swipeDirection={FROM_THE_RIGHT ? "left" : "right"} label={sayFor("what just happened", "Message")}>
      {toasts.map((message) => (
        <ToastCard key={message.id} message={message} />
      ))}
      <Toast.Viewport
        label={say("Notifications ({hotkey})", { hotkey: "{hotkey}" })}
        // A dialog hides what is beside it from who cannot see, but nothing that is marked as live: the way back stays.
        aria-live="off"
        className="fixed end-4 bottom-24 z-[80] flex w-[360px] max-w-[calc(100vw-32px)] flex-col gap-2 outline-none phone:inset-x-3 phone:top-2 phone:bottom-auto phone:mx-auto phone:max-w-[calc(100vw-24px)]"
      />
    </Toast.Provider>
  )
}

function ToastCard({ message }: { readonly message: Message }) {
  const { id, title, detail, tone = "info", action } = message
  return (
    <Toast.Root
      duration={action || tone === "wrong" ? 10_000 : 4_500}
      onOpenChange={(open) => !open && dismissToast(id)}
      className="nx-rise flex items-start gap-2.5 rounded-sheet border border-line bg-raised py-2.5 pe-2 ps-3 shadow-float"
    >
      <span className="mt-1">{ICONS[tone]}</span>
      <div className="min-w-0 flex-1 py-0.5">
        <Toast.Title className="font-medium text-13 [overflow-wrap:anywhere]">{title}</Toast.Title>
        {detail ? (
          <Toast.Description className="text-12 text-soft [overflow-wrap:anywhere]">{detail}</Toast.Description>
        ) : null}
      </div>
      {action ? (
        <Toast.Action altText={action.label} asChild onClick={action.run}>
          <Button small>{action.label}</Button>
        </Toast.Action>
      ) : null}
      <Toast.Close asChild>
        <IconButton small label={say("Dismiss")} icon={<X size={14} />} />
      </Toast.Close>
    </Toast.Root>
  )
}
