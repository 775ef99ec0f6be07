import { AlertDialog } from "radix-ui"
import { say } from "../words/say.ts"
import { useConfirm } from "./ask.ts"
import { Button } from "./Button.tsx"

/** Shows the question that `confirm` asked. */
export default function ConfirmDialog() {
  const { question, answer } = useConfirm()
  if (!question) return null
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && answer(false)}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="nx-fade fixed inset-0 z-[60] bg-scrim" />
        <div className="pointer-events-none fixed inset-0 z-[60] grid grid-cols-1 place-items-center p-6">
          <AlertDialog.Content className="nx-rise pointer-events-auto w-[420px] max-w-full rounded-sheet border border-line bg-raised p-5 shadow-float outline-none">
            <AlertDialog.Title className="font-bold text-16">{question.title}</AlertDialog.Title>
            <AlertDialog.Description className="mt-1.5 text-13 text-soft">{question.text}</AlertDialog.Description>
            <div className="mt-5 flex flex-wrap justify-end gap-2">
              <AlertDialog.Cancel asChild>
                <Button>{say("Cancel")}</Button>
              </AlertDialog.Cancel>
              <Button tone={question.tone ?? "primary"} onClick={() => answer(true)}>
                {question.action}
              </Button>
            </div>
          </AlertDialog.Content>
        </div>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
