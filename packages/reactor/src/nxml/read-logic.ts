import type { CapabilityDeclaration, Handler, Lifecycle, Reference, Tool, ToolArgument } from "@nexus/protocol"
import { badValue, IDENTIFIER, missingAttribute } from "./check/attributes.ts"
import { readBinding } from "./check/bindings.ts"
import { CapabilityCheck } from "./check/capabilities.ts"
import { isCron, parseDuration } from "./check/duration.ts"
import type { Names } from "./check/names.ts"
import { checkPlaces } from "./check/places.ts"
import { analyseScript } from "./check/script.ts"
import { attributeOf, type XmlElement } from "./document.ts"
import { checkElement, readInitial, tagRange, typeOf } from "./read-data.ts"
import { skipSpace, trimEnd } from "./tag.ts"

export interface LogicRoom {
  readonly capabilities: readonly CapabilityDeclaration[]
  readonly handlers: readonly Handler[]
  readonly tools: readonly Tool[]
  readonly lifecycles: readonly Lifecycle[]
}

export function readLogic(logic: readonly XmlElement[], names: Names): LogicRoom {
  for (const element of logic) checkElement(element, names)
  const named = (name: string) => logic.filter((element) => element.name === name)
  const capabilities = named("Capability").map((element) => readCapability(element, names))
  const check = new CapabilityCheck(capabilities, names.problems)
  return {
    capabilities,
    handlers: named("Handler").map((element) => readHandler(element, names, check)),
    tools: named("Tool").map((element) => readTool(element, names)),
    lifecycles: named("Lifecycle").map((element) => readLifecycle(element, names)),
  }
}

function readCapability(element: XmlElement, names: Names): CapabilityDeclaration {
  return {
    type: attributeOf(element, "type")?.value ?? "",
    scope: attributeOf(element, "scope")?.value ?? "",
    reason: attributeOf(element, "reason")?.value ?? "",
    range: tagRange(element, names),
  }
}

function readHandler(element: XmlElement, names: Names, check: CapabilityCheck): Handler {
  const { offset, source } = scriptOf(element, names.problems.source)
  const { error, uses, hostUses } = analyseScript(source)
  if (error !== undefined) {
    names.incomplete = true
    names.problems.add("handler-syntax", offset + error.at, 1, error.message, {
      hint: "This is JavaScript; nothing in it needs XML escaping.",
    })
  }
  const references: Reference[] = []
  for (const { root, name, write, at } of uses) {
    if (name === undefined) {
      names.noteAll(root)
      for (const declared of names.of(root).keys()) addReference(references, { root, name: declared, write })
    } else if (names.use(root, name)) addReference(references, { root, name, write })
    else names.tellUndefined(root, name, offset + at)
  }
  for (const use of hostUses) check.check(use, offset + use.at)
  return {
    name: attributeOf(element, "name")?.value ?? "",
    source,
    line: names.problems.range(offset, 0).line,
    references,
    range: tagRange(element, names),
  }
}

function addReference(references: Reference[], reference: Reference): void {
  const { root, name, write } = reference
  if (!references.some((known) => known.root === root && known.name === name && known.write === write))
    references.push(reference)
}

/** A handler's JavaScript and where it begins: without its CDATA marks, and without the blank lines around it. */
function scriptOf(element: XmlElement, source: string): { offset: number; source: string } {
  const [text] = element.children
  if (text === undefined) return { offset: element.openEnd, source: "" }
  let start = text.offset
  let end = text.end
  const first = skipSpace(source, start)
  if (source.startsWith("<![CDATA[", first)) {
    start = first + 9
    const close = source.lastIndexOf("]]>", end)
    if (close >= start) end = close
  }
  for (let at = start; at < end; at++) {
    const code = source.charCodeAt(at)
    if (code === 10) start = at + 1
    else if (code !== 32 && code !== 9 && code !== 13) break
  }
  return { offset: start, source: source.slice(start, trimEnd(source, end)) }
}

function readTool(element: XmlElement, names: Names): Tool {
  const args: ToolArgument[] = []
  const seen = new Set<string>()
  for (const child of checkPlaces(element, names.problems)) {
    checkElement(child, names)
    const name = attributeOf(child, "name")
    if (name !== undefined && seen.has(name.value))
      names.problems.add(
        "duplicate-name",
        name.valueStart,
        name.value.length,
        `There is an Arg "${name.value}" already`,
        {
          hint: "Give it another name.",
        },
      )
    seen.add(name?.value ?? "")
    const type = typeOf(child)
    args.push({
      name: name?.value ?? "",
      type: type ?? "string",
      required: attributeOf(child, "required")?.value === "true",
      initial: readInitial(child, type, names),
      description: attributeOf(child, "description")?.value ?? "",
    })
  }
  return {
    name: attributeOf(element, "name")?.value ?? "",
    handler: readHandlerName(element, "handler", names),
    description: attributeOf(element, "description")?.value ?? "",
    args,
    range: tagRange(element, names),
  }
}

function readHandlerName(element: XmlElement, attribute: string, names: Names): string {
  const given = attributeOf(element, attribute)
  if (given === undefined) return ""
  if (IDENTIFIER.test(given.value)) names.noteHandler(given.value, given.valueStart)
  return given.value
}

function readLifecycle(element: XmlElement, names: Names): Lifecycle {
  const { problems } = names
  const on = attributeOf(element, "on")?.value
  const watch = attributeOf(element, "watch")
  const every = attributeOf(element, "every")
  const cron = attributeOf(element, "cron")
  if (on === "change" && watch === undefined)
    missingAttribute(element, "watch", 'Write watch="{$state.name}".', problems)
  if (on === "schedule" && every === undefined && cron === undefined)
    missingAttribute(element, "every", 'Write every="1h" or cron="0 8 * * *".', problems)
  if (cron !== undefined && !isCron(cron.value)) badValue(element, cron, "five cron fields such as 0 8 * * 1", problems)
  const everyMs = every === undefined ? undefined : parseDuration(every.value)
  return {
    on: on === "mount" || on === "unmount" || on === "change" ? on : "schedule",
    run: readHandlerName(element, "run", names),
    ...(watch === undefined ? {} : { watch: readBinding(watch, names, []) }),
    ...(everyMs === undefined ? {} : { everyMs }),
    ...(cron === undefined ? {} : { cron: cron.value }),
    range: tagRange(element, names),
  }
}
