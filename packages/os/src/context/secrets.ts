import type { JsonObject, PanelEntity } from "@nexus/protocol"

/**
 * Nothing secret may stand in a prompt. The kernel already withholds the values of secret states; this is the second
 * wall, and the only one for a first value that somebody wrote into the source. Reading the State tags is enough, so
 * the whole NXML parser is not needed here.
 */

// Quotes are read as units, so a `>` inside a value does not end the tag. Each character has one way to match.
const STATE_TAG = /<State\b(?:[^<>"']|"[^"]*"|'[^']*')*>/g
const SECRET = /\bsecret\s*=\s*(?:"true"|'true')/
const NAME = /\bname\s*=\s*(?:"([^"]*)"|'([^']*)')/
const DEFAULT = /\bdefault\s*=\s*(?:"[^"]*"|'[^']*')/

/** The names of the states that a source declares secret. */
export function secretNames(source: string): ReadonlySet<string> {
  const names = new Set<string>()
  for (const [tag] of source.matchAll(STATE_TAG)) {
    const name = NAME.exec(tag)
    if (SECRET.test(tag) && name) names.add(name[1] ?? name[2] ?? "")
  }
  return names
}

/** The source with the first values of secret states taken out. */
export function withoutSecretDefaults(source: string): string {
  return source.replace(STATE_TAG, (tag) => (SECRET.test(tag) ? tag.replace(DEFAULT, 'default="(withheld)"') : tag))
}

/** The panel's state without its secrets. */
export function openState(panel: PanelEntity): JsonObject {
  const secret = secretNames(panel.properties.source)
  return Object.fromEntries(Object.entries(panel.properties.state).filter(([name]) => !secret.has(name)))
}

/** The states that were secret in `before` and are still there in `after`, but no longer secret. */
export function exposedSecrets(before: string, after: string): string[] {
  const kept = secretNames(after)
  const declared = new Set<string>()
  for (const [tag] of after.matchAll(STATE_TAG)) {
    const name = NAME.exec(tag)
    if (name) declared.add(name[1] ?? name[2] ?? "")
  }
  return [...secretNames(before)].filter((name) => declared.has(name) && !kept.has(name))
}
