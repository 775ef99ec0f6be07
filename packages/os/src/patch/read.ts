import { createId, type Frame, type Operation, Operation as OperationSchema, type PanelEntity } from "@nexus/protocol"
import { exposedSecrets } from "../context/secrets.ts"
import type { World } from "../context/world.ts"
import type { ModelCall } from "../model/model.ts"
import { ProposedPatch, proposePatch } from "./ask.ts"
import { editText } from "./edit-text.ts"

/**
 * A model's call → operations, or every reason why not, written so that the model can do better. Nothing of the call is
 * trusted: unknown panels, edits that match nowhere or twice and secrets that would become open are refused here; whether
 * the NXML is valid only the kernel says. No path leads to `panel_grant`.
 */
export type ReadPatch =
  | { readonly ok: true; readonly reason: string; readonly operations: readonly Operation[] }
  | { readonly ok: false; readonly problems: readonly string[] }

export function readPatch(
  calls: readonly ModelCall[],
  world: World,
  randomBytes?: (length: number) => Uint8Array,
): ReadPatch {
  const problems: string[] = []
  const proposals: ProposedPatch[] = []
  for (const call of calls) {
    const proposal = parseCall(call)
    if (typeof proposal === "string") problems.push(proposal)
    else proposals.push(proposal)
  }
  if (problems.length > 0) return { ok: false, problems }
  const writer = new OperationWriter(world, problems, randomBytes)
  for (const proposal of proposals) writer.write(proposal)
  const operations = writer.operations()
  if (problems.length === 0 && operations.length === 0) problems.push("The patch changes nothing.")
  for (const operation of operations) {
    const parsed = OperationSchema.safeParse(operation)
    if (!parsed.success)
      problems.push(`${operation.kind}: ${parsed.error.issues[0]?.message ?? "not a valid operation"}`)
  }
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, reason: proposals.map(({ reason }) => reason).join(" "), operations }
}

function parseCall(call: ModelCall): ProposedPatch | string {
  if (call.name !== proposePatch.name) return `There is no tool "${call.name}"; use ${proposePatch.name}.`
  let value: unknown
  try {
    value = JSON.parse(call.args)
  } catch {
    return "The arguments are not valid JSON; send them whole, with smaller edits if they were cut."
  }
  const parsed = ProposedPatch.safeParse(value)
  if (parsed.success) return parsed.data
  return parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ")
}

/** Gathers what proposals ask for; edits of one panel from several places become one new source. */
class OperationWriter {
  readonly #world: World
  readonly #problems: string[]
  readonly #randomBytes: ((length: number) => Uint8Array) | undefined
  readonly #sources = new Map<PanelEntity, string>()
  readonly #rest: Operation[] = []
  readonly #keys = new Map<string, string>()
  readonly #frames: Frame[]

  constructor(world: World, problems: string[], randomBytes: ((length: number) => Uint8Array) | undefined) {
    this.#world = world
    this.#problems = problems
    this.#randomBytes = randomBytes
    this.#frames = world.panels.map(({ properties }) => properties.frame)
  }

  write(proposal: ProposedPatch): void {
    for (const { panel, source } of proposal.rewrite ?? []) {
      const target = this.#panel(panel)
      if (target) this.#sources.set(target, source)
    }
    for (const { panel, edits } of proposal.edit ?? []) {
      const target = this.#panel(panel)
      if (target) this.#edit(target, edits)
    }
    for (const { title, source, frame } of proposal.create ?? []) this.#create(title, source, frame)
    for (const { panel, frame } of proposal.move ?? []) {
      const target = this.#panel(panel)
      if (target) this.#rest.push({ kind: "panel_frame", panel: target.id, frame })
    }
    for (const { kind, key, name, properties, confidence } of proposal.note ?? []) {
      const id = this.#id(kind)
      this.#keys.set(key, id)
      const entity = {
        id,
        kind,
        name,
        properties: { ...properties, ...sure(confidence) },
        scope: this.#world.workspace,
      }
      this.#rest.push({ kind: "entity_add", entity })
    }
    for (const { from, kind, to, confidence } of proposal.relate ?? []) {
      const ends = { from: this.#entity(from), to: this.#entity(to) }
      if (ends.from && ends.to) {
        const relationship = { from: ends.from, kind, to: ends.to, properties: sure(confidence) }
        this.#rest.push({ kind: "relationship_add", relationship })
      }
    }
    for (const name of proposal.remove ?? []) {
      const id = this.#entity(name)
      if (id) this.#rest.push({ kind: "entity_remove", id })
    }
  }

  operations(): Operation[] {
    const sources: Operation[] = []
    for (const [panel, source] of this.#sources) {
      const before = panel.properties.source
      for (const name of exposedSecrets(before, source)) {
        this.#problems.push(`The state "${name}" of "${panel.name}" is secret and must stay so.`)
      }
      if (source === before) continue
      sources.push({
        kind: "panel_source",
        panel: panel.id,
        source,
        title: titleOf(source, panel.name),
        expect: before,
      })
    }
    return [...sources, ...this.#rest]
  }

  #edit(panel: PanelEntity, edits: readonly { find: string; replace: string }[]): void {
    let source = this.#sources.get(panel) ?? panel.properties.source
    for (const [index, edit] of edits.entries()) {
      const result = editText(source, edit.find, edit.replace)
      if (result.ok) source = result.text
      else this.#problems.push(`Edit ${index + 1} of "${panel.name}" (${panel.id}): ${result.problem}`)
    }
    this.#sources.set(panel, source)
  }

  #create(title: string, source: string, wish: FrameWish | undefined): void {
    const frame = { ...freeFrame(this.#frames), ...definedOnly(wish) }
    this.#frames.push(frame)
    const name = titleOf(source, title)
    const properties = { source, frame, title: name, state: {}, grants: [] }
    const entity = { id: this.#id("panel"), kind: "panel" as const, name, properties, scope: this.#world.workspace }
    this.#rest.push({ kind: "entity_add", entity })
  }

  /** By id, or by a title that only one panel has: models often write what people say. */
  #panel(name: string): PanelEntity | undefined {
    const { panels } = this.#world
    const named = panels.filter((panel) => panel.name === name)
    const found = panels.find((panel) => panel.id === name) ?? (named.length === 1 ? named[0] : undefined)
    if (!found) {
      const known = panels.slice(0, 20).map((panel) => `${panel.id} (${panel.name})`)
      this.#problems.push(`There is no panel "${name}". Panels: ${known.join(", ") || "none"}.`)
    }
    return found
  }

  #entity(name: string): string | undefined {
    const known = this.#keys.get(name) ?? this.#world.notes.find(({ id }) => id === name)?.id
    return known ?? this.#panel(name)?.id
  }

  #id(prefix: string): string {
    return createId(prefix, this.#randomBytes)
  }
}

function sure(confidence: number | undefined): { confidence?: number } {
  return confidence === undefined ? {} : { confidence }
}

type FrameWish = NonNullable<NonNullable<ProposedPatch["create"]>[number]["frame"]>

const NEW_SIZE = { w: 380, h: 440 }
const GAP = 24

/** Right of everything, level with the top. */
function freeFrame(frames: readonly Frame[]): Frame {
  if (frames.length === 0) return { x: 0, y: 0, ...NEW_SIZE }
  const x = Math.max(...frames.map((frame) => frame.x + frame.w)) + GAP
  return { x, y: Math.min(...frames.map((frame) => frame.y)), ...NEW_SIZE }
}

function definedOnly(frame: FrameWish | undefined): Partial<Frame> {
  return Object.fromEntries(Object.entries(frame ?? {}).filter(([, value]) => value !== undefined))
}

const ROOT_TITLE = /<NexusPanel\b(?:[^<>"']|"[^"]*"|'[^']*')*?\btitle\s*=\s*(?:"([^"]*)"|'([^']*)')/
const ENTITIES: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&apos;": "'",
  "&amp;": "&",
}

/** The title on the root tag; the kernel reads it again when it checks the source. */
function titleOf(source: string, otherwise: string): string {
  const found = ROOT_TITLE.exec(source)
  const written = found?.[1] ?? found?.[2]
  return written?.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity] ?? entity) || otherwise
}
