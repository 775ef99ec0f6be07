import {
  type Effect,
  Failure,
  type HostCall,
  type HostReply,
  isArray,
  isJsonObject,
  type Json,
  type JsonObject,
  type Panel,
  type RecordedOutcome,
  type StatePath,
  type Step,
} from "@nexus/protocol"

/**
 * What must not stand in a record, and what stands there instead. A stand-in takes the place of a secret wherever it is
 * found: in the state that declares it, and in whatever the handler made of it by putting texts together. The same
 * stand-in is in what the handler was given and in what it gave back, so a replay of the one gives the other. What
 * stands in the source, as an initial value or between quotes in a handler, is no secret: everybody reads it there.
 */
export interface Secret {
  /** The state that holds it. */
  readonly name: string
  readonly value: string | number
}

/** Texts shorter than this, and numbers with fewer digits, are found only where they stand alone. */
const SHORT = 3
const CREDENTIALS = /^(authorization|proxy-authorization|cookie|set-cookie|x-api-key)$/i

/** The secrets that a turn saw or wrote. */
export function* secretsIn(panel: Panel, state: JsonObject, effects: readonly Effect[]): Generator<Secret> {
  for (const { name, secret, initial } of panel.states) {
    if (!secret) continue
    const known = new Set(leavesOf(initial))
    const written = effects.flatMap((effect) => ("path" in effect && effect.path[0] === name ? valuesOf(effect) : []))
    for (const value of leavesOf([state[name] ?? null, ...written])) {
      if (value !== "" && !known.has(value) && !isSaid(value, panel)) yield { name, value }
    }
  }
}

/** A text that a handler has between quotes, or a short number in it. */
function isSaid(value: string | number, { handlers }: Panel): boolean {
  if (typeof value === "number" && !isShort(value)) return false
  const said = typeof value === "number" ? [String(value)] : [`"${value}"`, `'${value}'`]
  return handlers.some(({ source }) => said.some((text) => source.includes(text)))
}

function valuesOf(effect: Effect): Json[] {
  if (effect.kind === "state_set") return [effect.value]
  if (effect.kind !== "state_splice") return []
  return [...effect.insert, ...effect.remove.flatMap((match) => ("value" in match ? [match.value] : []))]
}

function* leavesOf(value: Json): Generator<string | number> {
  if (typeof value === "string" || typeof value === "number") yield value
  else if (isArray(value)) for (const item of value) yield* leavesOf(item)
  else if (isJsonObject(value)) for (const item of Object.values(value)) yield* leavesOf(item)
}

export class Redactor {
  /** What to put for what is found in texts, and how to find it in one walk, the longest first. */
  readonly #standIns: ReadonlyMap<string, string>
  readonly #pattern: RegExp | undefined
  readonly #whole: ReadonlyMap<Json, Json>
  readonly #names: ReadonlySet<Json>
  readonly #values: ReadonlySet<Json>
  /** Something was replaced. */
  used = false

  constructor(secrets: Iterable<Secret>) {
    const all = [...secrets]
    this.#names = new Set(all.map(({ name }) => name))
    this.#values = new Set(all.map(({ value }) => value))
    this.#whole = new Map(
      all.flatMap(({ name, value }): [Json, Json][] =>
        typeof value === "string" ? [[value, standInFor(name)]] : isShort(value) ? [] : [[value, 0]],
      ),
    )
    const texts = all
      .filter(({ value }) => !isShort(value))
      .flatMap(({ name, value }) =>
        typeof value === "number" ? [[String(value), "0"] as const] : spellings(value, standInFor(name)),
      )
      .sort(([a], [b]) => b.length - a.length)
    this.#standIns = new Map(texts.toReversed())
    this.#pattern = texts.length > 0 ? new RegExp(texts.map(([text]) => RegExp.escape(text)).join("|"), "g") : undefined
  }

  text(text: string): string {
    const whole = this.#whole.get(text)
    if (typeof whole === "string") return this.#replaced(whole)
    if (!this.#pattern) return text
    const clean = text.replace(this.#pattern, (found) => this.#standIns.get(found) ?? "")
    return clean === text ? text : this.#replaced(clean)
  }

  json(value: Json): Json {
    if (typeof value === "string") return this.text(value)
    if (typeof value === "number") return this.#whole.has(value) ? this.#replaced(0) : value
    if (isArray(value)) return value.map((item) => this.json(item))
    return isJsonObject(value) ? this.object(value) : value
  }

  object(value: JsonObject): JsonObject {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [this.text(key), this.json(item)]))
  }

  /** A panel's states by name; of those that are secret nothing is left. */
  state(state: JsonObject): JsonObject {
    return Object.fromEntries(
      Object.entries(state).map(([name, value]) => [
        name,
        this.#names.has(name) ? this.#hidden(name, value) : this.json(value),
      ]),
    )
  }

  call(call: HostCall): HostCall {
    const masked = withoutCredentials(call)
    if (masked !== call) this.used = true
    return { ...masked, args: masked.args.map((value) => this.json(value)) }
  }

  reply(reply: HostReply): HostReply {
    if ("error" in reply) return { ...reply, error: { ...reply.error, message: this.text(reply.error.message) } }
    const value = withoutHeaders(reply.value)
    if (value !== reply.value) this.used = true
    return { ...reply, value: this.json(value) }
  }

  failure(failure: Failure): Failure {
    const { code, ...more } = failure
    return Failure.parse({ ...this.object(JSON.parse(JSON.stringify(more))), code })
  }

  outcome({ effects, value, calls, failure, status }: RecordedOutcome): RecordedOutcome {
    return {
      status,
      ...(value === undefined ? {} : { value: this.json(value) }),
      ...(calls ? { calls: calls.map((call) => this.call(call)) } : {}),
      ...(failure ? { failure: this.failure(failure) } : {}),
      effects: effects.map((effect) => this.#effect(effect)),
    }
  }

  #effect(effect: Effect): Effect {
    switch (effect.kind) {
      case "state_set":
        return { ...effect, path: this.#path(effect.path), value: this.#written(effect.path, effect.value) }
      case "state_unset":
        return { ...effect, path: this.#path(effect.path) }
      case "state_splice":
        return {
          ...effect,
          path: this.#path(effect.path),
          ...(typeof effect.after === "string" ? { after: this.text(effect.after) } : {}),
          remove: effect.remove.map((match) => {
            if ("value" in match) return { value: this.#written(effect.path, match.value) }
            return { key: typeof match.key === "string" ? this.text(match.key) : match.key }
          }),
          insert: effect.insert.map((value) => this.#written(effect.path, value)),
        }
      case "emit":
        return { ...effect, name: this.text(effect.name), payload: this.json(effect.payload) }
      case "view":
        return { ...effect, argument: this.json(effect.argument) }
      case "log":
        return { ...effect, message: this.text(effect.message) }
      default: {
        const never: never = effect
        throw new Error(`unknown effect ${JSON.stringify(never)}`)
      }
    }
  }

  /** A path without secrets among its keys; the state's own name is none. */
  #path([name = "", ...steps]: StatePath): Step[] {
    return [
      name,
      ...steps.map((step) => {
        if (typeof step === "string") return this.text(step)
        if ("key" in step) return typeof step.key === "string" ? { key: this.text(step.key) } : step
        return step.expect === undefined ? step : { ...step, expect: this.#written([name], step.expect) }
      }),
    ]
  }

  #written([name]: StatePath, value: Json): Json {
    return typeof name === "string" && this.#names.has(name) ? this.#hidden(name, value) : this.json(value)
  }

  #hidden(name: string, value: Json): Json {
    if (typeof value === "string") return this.#values.has(value) ? this.#replaced(standInFor(name)) : this.text(value)
    if (typeof value === "number") return this.#values.has(value) ? this.#replaced(0) : value
    if (isArray(value)) return value.map((item) => this.#hidden(name, item))
    if (!isJsonObject(value)) return value
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [this.text(key), this.#hidden(name, item)]))
  }

  #replaced<Value>(value: Value): Value {
    this.used = true
    return value
  }
}

/** Made of characters that stay as they are in addresses, headers and JSON, so that a replay spells it alike. */
function standInFor(name: string): string {
  return `__secret_${name}__`
}

function isShort(value: string | number): boolean {
  return String(value).length < SHORT
}

/** A secret as it may stand in addresses, in JSON within a text, and in headers; its stand-in is spelt alike. */
function spellings(value: string, standIn: string): (readonly [string, string])[] {
  const ways: ((text: string) => string)[] = [
    (text) => text,
    (text) => JSON.stringify(text).slice(1, -1),
    (text) => encodeURIComponent(text.toWellFormed()),
    (text) => Buffer.from(text).toString("base64"),
    (text) => Buffer.from(text).toString("base64url"),
    (text) => Buffer.from(text).toString("hex"),
  ]
  const whole = new Map<string, string>(
    ways.map((spell): [string, string] => [spell(value), spell(standIn)]).toReversed(),
  )
  return [...whole, ...insideBase64(value).map((text) => [text, standIn] as const)]
}

/** What base64 makes of a secret that stands within a longer text, such as `name:password`, wherever it begins there. */
function insideBase64(value: string): string[] {
  const bytes = Buffer.from(value)
  if (bytes.length < 6) return []
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString("base64")
      .replaceAll("=", "")
    const inside = text.slice(Math.ceil((before * 4) / 3), Math.floor(((before + bytes.length) * 4) / 3))
    return [inside, inside.replaceAll("+", "-").replaceAll("/", "_")]
  })
}

/** The call without what signs a request: the names of such headers stay, their values do not. */
export function withoutCredentials(call: HostCall): HostCall {
  if (call.capability !== "http") return call
  const [address, init, ...more] = call.args
  const masked = init === undefined ? init : withoutHeaders(init)
  return masked === undefined || masked === init ? call : { ...call, args: [address ?? null, masked, ...more] }
}

function withoutHeaders(value: Json): Json {
  if (!isJsonObject(value) || !isJsonObject(value.headers)) return value
  if (!Object.keys(value.headers).some((name) => CREDENTIALS.test(name))) return value
  const headers = Object.entries(value.headers).map(([name, text]) => [
    name,
    CREDENTIALS.test(name) ? standInFor(name) : text,
  ])
  return { ...value, headers: Object.fromEntries(headers) }
}
