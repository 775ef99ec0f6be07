import type { Fields } from "./field.ts"

/**
 * The three things a system is described with: objects that last, processes that pass, and events that are about an
 * object and may be a step of a process. Declarations are plain values; the registry reads them.
 */

/** A kind of thing records are about. `key` is the field of an event that names one of them. */
export interface ObjectDeclaration<Key extends string = string> {
  readonly name: string
  readonly key: Key
  readonly description: string
}

/** A named course of events, in the order they usually come. */
export interface ProcessDeclaration {
  readonly name: string
  readonly steps: readonly string[]
}

export interface EventDeclaration<
  Name extends string = string,
  Key extends string = string,
  Shape extends Fields = Fields,
> {
  readonly name: Name
  readonly about: ObjectDeclaration<Key>
  readonly version: number
  readonly fields: Shape
  /** `upgrades[n]` turns a payload of version n into one of version n + 1. */
  readonly upgrades: { readonly [version: number]: (payload: Payload) => Payload }
}

export type Payload = Readonly<Record<string, unknown>>

export function object<const Key extends string>(name: string, key: Key, description: string): ObjectDeclaration<Key> {
  return { name, key, description }
}

export function process(name: string, steps: readonly string[]): ProcessDeclaration {
  return { name, steps }
}

export function event<const Name extends string, const Key extends string, Shape extends Fields>(
  name: Name,
  declared: {
    readonly about: ObjectDeclaration<Key>
    readonly fields: Shape
    readonly version?: number
    readonly upgrades?: EventDeclaration["upgrades"]
  },
): EventDeclaration<Name, Key, Shape> {
  const { about, fields, version = 1, upgrades = {} } = declared
  return { name, about, version, fields, upgrades }
}
