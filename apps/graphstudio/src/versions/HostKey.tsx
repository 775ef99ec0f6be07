import { Button } from "../ui/Button.tsx"
import { say } from "../words/say.ts"

interface HostKeyProps {
  /** As the host shows it now. */
  readonly shown: { readonly kind: string; readonly fingerprint: string }
  /** What follows from accepting it. */
  readonly then: "add" | "import"
  readonly busy: boolean
  readonly onAccept: () => void
  readonly onRefuse: () => void
}

/** The key of an ssh host that nobody has accepted yet: a person compares it, and says that it is the right one. */
export function HostKey({ shown: { kind, fingerprint }, then, busy, onAccept, onRefuse }: HostKeyProps) {
  return (
    <section
      aria-label={say("Key of the host")}
      className="flex flex-col gap-2 rounded-control border border-careful p-3 text-13"
    >
      <p>{say("Nobody has accepted this host yet. It shows the key")}</p>
      <p className="font-mono text-12 [overflow-wrap:anywhere]">
        {kind} {fingerprint}
      </p>
      <p className="text-soft">
        {say(
          "Compare it with the fingerprint that whoever runs the host has published. If it differs, somebody may stand between.",
        )}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button small tone="primary" disabled={busy} onClick={onAccept}>
          {say("It is the same: accept and {then, select, add {add} other {import}}", { then })}
        </Button>
        <Button small onClick={onRefuse}>
          {say("Do not {then, select, add {add} other {import}}", { then })}
        </Button>
      </div>
    </section>
  )
}
