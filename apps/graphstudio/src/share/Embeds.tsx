import { EmbedHost, endpoints, type ShareAnswer } from "@nexus/protocol"
import { Code } from "lucide-react"
import { useCallback, useState } from "react"
import { useLoaded } from "../account/use-loaded.ts"
import { sentence } from "../connect/sentence.ts"
import type { Look } from "../embed/address.ts"
import { type Size, snippet } from "../embed/snippet.ts"
import { Button } from "../ui/Button.tsx"
import { Choice } from "../ui/Choice.tsx"
import { CopyField } from "../ui/CopyField.tsx"
import { Notice } from "../ui/Notice.tsx"
import { onDemand } from "../ui/on-demand.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import { useDesk, usePanels, useWorkspaceName } from "../workspace/desk-context.ts"
import { useStudio } from "../workspace/studio.ts"
import { EmbedList } from "./EmbedList.tsx"
import { sitesIn } from "./sites-in.ts"

const EmbedPreview = onDemand(
  () => import("./EmbedPreview.tsx"),
  () => <Skeleton lines={4} label={say("Loading the preview")} />,
)

const CANVAS = ""
const DAYS = 365
const SIZES = {
  small: { width: 360, height: 240 },
  medium: { width: 640, height: 420 },
  large: { width: 960, height: 600 },
  wide: { width: undefined, height: 480 },
} satisfies Record<string, Size>
type SizeName = keyof typeof SIZES
const FIELD = "h-8 min-w-0 rounded-control border border-line-strong bg-surface px-2 font-normal text-13"

interface EmbedsProps {
  /** The panel to begin with; `""` is the canvas. */
  readonly first: string | undefined
}

/** A panel, or the canvas, in pages of other sites: which, where, how large, and the snippet to put there. */
export function Embeds({ first }: EmbedsProps) {
  const { api, workspace } = useDesk()
  const panels = usePanels()
  const name = useWorkspaceName()
  const selected = useStudio(({ selection }) => panels.find(({ id }) => id === selection[0])?.id)
  const [what, setWhat] = useState(first ?? selected ?? panels[0]?.id ?? CANVAS)
  const [sites, setSites] = useState("")
  const [size, setSize] = useState<SizeName>("medium")
  const [look, setLook] = useState<Look>("auto")
  const [url, setUrl] = useState<string>()
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const links = useLoaded(
    useCallback(() => api.call(endpoints.listShares, { params: { workspace } }), [api, workspace]),
  )
  const title = panels.find(({ id }) => id === what)?.properties.title ?? name
  const choose = (panel: string) => {
    setWhat(panel)
    setUrl(undefined)
  }

  const make = async () => {
    setError(undefined)
    const named = sitesIn(sites)
    const wrong = named.find((site) => !EmbedHost.safeParse(site).success)
    if (named.length === 0 || wrong !== undefined) {
      setError(
        wrong === undefined
          ? say("Name the site that will show it, such as https://example.org.")
          : say(
              "{site} is no site that can be named. Write https://example.org, https://*.example.org or http://localhost:3000.",
              { site: wrong },
            ),
      )
      return
    }
    setBusy(true)
    try {
      const about = what === CANVAS ? {} : { embedPanel: what }
      const body = { role: "viewer" as const, expiresInDays: DAYS, embedHosts: [...named], ...about }
      const made = await api.call(endpoints.createShare, { params: { workspace }, body })
      setUrl(new URL(`/embed/${made.id}#${made.code ?? ""}`, location.href).href)
    } catch (cause) {
      setError(sentence(cause))
    }
    setBusy(false)
    await links.reload()
  }
  const stop = async ({ id: share }: ShareAnswer) => {
    try {
      await api.call(endpoints.revokeShare, { params: { workspace, share } })
      toast({ title: say("It is not shown there any more") })
      setUrl(undefined)
    } catch (cause) {
      toast({ tone: "wrong", title: say("It is still shown there"), detail: sentence(cause) })
    }
    await links.reload()
  }
  const embeds = links.value?.shares.filter(({ embedHosts }) => embedHosts) ?? []

  return (
    <div className="flex flex-col gap-5">
      <p className="text-13 text-soft">
        {say(
          "Show a panel or the canvas in a page of another site. It is alive there and can only be looked at. Whoever opens that page sees its values and can read its source, as a viewer can; who you are and what was said here is not shown.",
        )}
      </p>
      <div className="grid gap-3 sm:grid-cols-2">
        <label className="flex flex-col gap-1 font-medium text-13">
          {say("What is shown")}
          <select value={what} onChange={(event) => choose(event.currentTarget.value)} className={FIELD}>
            <option value={CANVAS}>{say("The whole canvas")}</option>
            {panels.map(({ id, properties }) => (
              <option key={id} value={id}>
                {properties.title}
              </option>
            ))}
          </select>
        </label>
        <label className="flex flex-col gap-1 font-medium text-13">
          {say("How large")}
          <select value={size} onChange={(event) => setSize(sizeNamed(event.currentTarget.value))} className={FIELD}>
            <option value="small">{say("Small, {size}", { size: "360 × 240" })}</option>
            <option value="medium">{say("Medium, {size}", { size: "640 × 420" })}</option>
            <option value="large">{say("Large, {size}", { size: "960 × 600" })}</option>
            <option value="wide">{say("As wide as its place, {height} high", { height: "480" })}</option>
          </select>
        </label>
      </div>
      <label className="flex flex-col gap-1 font-medium text-13">
        {say("Sites that may show it")}
        <textarea
          rows={2}
          value={sites}
          spellCheck={false}
          onChange={(event) => {
            setSites(event.currentTarget.value)
            setUrl(undefined)
          }}
          placeholder={say("https://example.org")}
          className="rounded-control border border-line-strong bg-surface px-2 py-1.5 font-mono font-normal text-12 placeholder:text-faint"
        />
        <span className="font-normal text-12 text-soft">
          {say(
            "One in a line. https://*.example.org stands for everything below that name. Every other site is refused by the browser.",
          )}
        </span>
      </label>
      <Choice
        label={say("Colours there")}
        value={look}
        options={[
          { value: "auto", label: say("As the reader's device") },
          { value: "light", label: say("Light") },
          { value: "dark", label: say("Dark") },
        ]}
        onChoose={setLook}
      />
      <EmbedPreview panel={what === CANVAS ? undefined : what} size={SIZES[size]} look={look} />
      {error ? <Notice tone="wrong">{error}</Notice> : null}
      {url ? (
        <div className="nx-fade flex flex-col gap-2" key={url}>
          <CopyField label={say("Snippet")} text={snippet({ url, title, size: SIZES[size], look })} />
          <p className="text-12 text-soft">
            {say(
              "Put this into the page. It is told once; size and colours above may still be changed. It works for a year.",
            )}
          </p>
        </div>
      ) : (
        <Button tone="primary" icon={<Code size={15} />} onClick={make} disabled={busy} className="self-start">
          {say("Create the snippet")}
        </Button>
      )}
      {links.error ? <Notice tone="wrong">{links.error}</Notice> : null}
      {embeds.length > 0 ? <EmbedList embeds={embeds} onStop={stop} /> : null}
    </div>
  )
}

function sizeNamed(name: string): SizeName {
  return name === "small" || name === "large" || name === "wide" ? name : "medium"
}
