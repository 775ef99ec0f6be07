import * as z from "zod"
import { Identifier } from "../../ids.ts"
import { Json } from "../../json.ts"
import type { ComponentDeclaration } from "./declaration.ts"

/**
 * What a package brings: components written in NXML, each a declaration and a source. They come from strangers, so what
 * the standard ones promise by type is checked here: at the door of the kernel, and where a graph is read.
 */
const ComponentName = z
  .string()
  .regex(/^[A-Z][A-Za-z0-9]{0,63}$/, "a component's name is 1–64 letters and digits and begins with a capital")
const Doc = z.string().min(1).max(2000)
const PropType = z.enum(["string", "number", "boolean", "list", "object", "any", "enum"])
const Width = z.number().min(0).max(4096)

const Prop = z
  .strictObject({
    type: PropType,
    doc: Doc,
    required: z.literal(true).exactOptional(),
    values: z.array(z.string().max(100)).min(1).max(100).exactOptional(),
    initial: z.union([z.string().max(10_000), z.number(), z.boolean()]).exactOptional(),
  })
  .refine((prop) => (prop.type === "enum") === (prop.values !== undefined), "an enum has values, and only an enum")

/** The declaration of a package's component. `value` is declared where it takes `bind`. */
export const PackageDeclaration = z
  .strictObject({
    name: ComponentName,
    doc: Doc,
    props: z.record(Identifier, Prop),
    events: z.record(z.string().regex(/^on[A-Z][A-Za-z0-9]{0,60}$/, "an event is named onSomething"), Doc),
    children: z.enum(["none", "components"]),
    bind: PropType.exactOptional(),
    labelledBy: z.array(Identifier).max(8).exactOptional(),
    width: z.strictObject({ min: Width, ideal: Width, max: Width }),
    example: z.string().min(1).max(10_000),
    sample: z.record(Identifier, Json).exactOptional(),
    keyboard: Doc.exactOptional(),
  })
  .refine(
    (it) => it.bind === undefined || it.props.value !== undefined,
    "a component with bind declares the prop value",
  )
  .refine((it) => !("id" in it.props || "bind" in it.props), "id and bind are not props: every component has them")
  .refine((it) => it.width.min <= it.width.ideal && it.width.ideal <= it.width.max, "width is min ≤ ideal ≤ max")
export type PackageDeclaration = Readonly<z.infer<typeof PackageDeclaration>>

/** What an entity of kind `component` holds. `source` is NXML whose View sees the declared props by their names. */
export const ComponentProperties = z.object({ declaration: PackageDeclaration, source: z.string().min(1).max(200_000) })
export interface ComponentProperties {
  readonly declaration: ComponentDeclaration
  readonly source: string
}

/** A package as it is installed: what it is called, and the components it brings. */
export const PackageManifest = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "a package's name is 1–64 of a–z, 0–9 and -"),
    version: z.string().regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}(-[\w.]{1,40})?$/, "a version is such as 1.0.0"),
    description: z.string().max(2000),
    components: z.array(ComponentProperties).min(1).max(100),
  })
  .refine(
    ({ components }) => new Set(components.map(({ declaration }) => declaration.name)).size === components.length,
    "a package has each component once",
  )
export type PackageManifest = Readonly<z.infer<typeof PackageManifest>>
