import { Redactor, type Secret } from "./redact.ts"

/** Values of one workspace that are looked for; the oldest are forgotten. */
const MOST = 200

/**
 * The secrets that runs of a workspace saw, whoever's they are: what one panel keeps secret it may hand to another one's
 * tool, or put into an event, and the other one's record must not show it either.
 */
export class KnownSecrets {
  readonly #byWorkspace = new Map<string, { readonly secrets: Map<Secret["value"], Secret>; redactor?: Redactor }>()

  add(workspace: string, secrets: readonly Secret[]): void {
    const all = this.#byWorkspace.get(workspace)?.secrets ?? new Map<Secret["value"], Secret>()
    const fresh = secrets.filter(({ value }) => !all.has(value))
    if (fresh.length === 0) return
    for (const secret of fresh) all.set(secret.value, secret)
    for (const oldest of all.keys()) {
      if (all.size <= MOST) break
      all.delete(oldest)
    }
    this.#byWorkspace.set(workspace, { secrets: all })
  }

  /** One for the next entry: it has replaced nothing yet. */
  redactorOf(workspace: string): Redactor {
    const known = this.#byWorkspace.get(workspace)
    if (!known) return new Redactor([])
    known.redactor ??= new Redactor(known.secrets.values())
    known.redactor.used = false
    return known.redactor
  }
}
