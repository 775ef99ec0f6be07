import { Check, Copy } from "lucide-react"
import { useState } from "react"
import { Button } from "../ui/Button.tsx"

/** A link that is shown once, to copy. */
export function LinkField({ label, url }: { readonly label: string; readonly url: string }) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(url).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return (
    <div className="nx-fade flex gap-2">
      <input
        readOnly
        aria-label={label}
        value={url}
        onFocus={(event) => event.currentTarget.select()}
        className="h-8 min-w-0 flex-1 rounded-control border border-line bg-sunken px-2.5 font-mono text-12"
      />
      <Button icon={copied ? <Check size={14} /> : <Copy size={14} />} onClick={copy}>
        {copied ? "Copied" : "Copy"}
      </Button>
    </div>
  )
}
