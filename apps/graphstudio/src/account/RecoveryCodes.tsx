import { Button } from "../ui/Button.tsx"
import { Notice } from "../ui/Notice.tsx"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"

interface RecoveryCodesProps {
  readonly codes: readonly string[]
  readonly onKept: () => void
}

/** Ten ways in for the day the authenticator is gone; shown this once. */
export function RecoveryCodes({ codes, onKept }: RecoveryCodesProps) {
  const copy = async () => {
    await navigator.clipboard.writeText(codes.join("\n")).then(
      () => toast({ tone: "good", title: say("Copied") }),
      () =>
        toast({
          tone: "wrong",
          title: say("The browser did not copy"),
          detail: say("Select the codes and copy them yourself."),
        }),
    )
  }
  return (
    <section
      aria-label={say("Recovery codes")}
      className="flex flex-col gap-3 rounded-control border border-line bg-sunken p-4"
    >
      <Notice tone="careful">
        {say("Keep these where you find them without your phone. They are not shown again; each works once.")}
      </Notice>
      <ul className="grid gap-x-6 gap-y-1 font-mono text-13 lg:grid-cols-1">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex gap-2">
        <Button onClick={copy}>{say("Copy all")}</Button>
        <Button tone="primary" onClick={onKept}>
          {say("I have kept them")}
        </Button>
      </div>
    </section>
  )
}
