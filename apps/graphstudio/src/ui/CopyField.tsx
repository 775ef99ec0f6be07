import { Check, Copy } from "lucide-react"
import { useState } from "react"
import { say } from "../words/say.ts"
import { Button } from "./Button.tsx"

/** A text to take away: selected by a click, copied by a button. */
export function CopyField({ label, text }: { readonly label: string; readonly text: string }) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return (
    <div className="flex gap-2">
      <input
        readOnly
        aria-label={label}
        value={text}
        onFocus={(event) => event.currentTarget.select()}
        className="h-8 min-w-0 flex-1 rounded-control border border-line bg-sunken px-2.5 font-mono text-12"
      />
      <Button icon={copied ? <Check size={14} /> : <Copy size={14} />} onClick={copy}>
        {copied ? say("Copied") : say("Copy")}
      </Button>
    </div>
  )
}
