import type { Panel } from "@nexus/protocol"
import { Packr } from "msgpackr"
import * as z from "zod"
import { learnTrees, type TreeOpener } from "../expression/known-trees.ts"
import { ExpressionError } from "../expression/syntax.ts"
import { readPanelsCompiled } from "../store/panel-reader.ts"
import { hashOf, refused, unwrapContent } from "./container.ts"
import { PanelShape } from "./panel-shape.ts"
import { isParts, isPath, isStatements } from "./tree-shape.ts"

/** No records: a reader of them would be made from text, which a page's policy forbids. */
export const packr = new Packr({ useRecords: false, moreTypes: false, structuredClone: false, int64AsType: "number" })

const Packed = z.array(z.tuple([z.string(), z.instanceof(Uint8Array)]))

const ContentShape = z.object({
  panel: PanelShape,
  /** What its source hashes to: a panel that another imports is found by that. */
  of: z.string(),
  source: z.string().optional(),
  trees: z.object({ bindings: Packed, statements: Packed, paths: Packed }),
})

const compiled = new Map<string, Panel>()
readPanelsCompiled((source) => compiled.get(hashOf(source)))

/** A compiled panel: what to paint, and the source it was made from unless that was left out. */
export interface CompiledPanel {
  readonly panel: Panel
  readonly source: string | undefined
}

/**
 * Reads a compiled panel and remembers its expressions, so that it runs where no parser is. Throws a NexusError:
 * `version-mismatch`, or `invalid-input` for bytes that are damaged or that no compiler wrote.
 */
export function decodePanel(bytes: Uint8Array): CompiledPanel {
  const content = unwrapContent(bytes)
  const read = ContentShape.safeParse(unpacked(content))
  if (!read.success) throw refused(`${read.error.issues[0]?.path.join(".")} is not what a compiler writes`)
  const { panel, of, source, trees } = read.data
  try {
    learnTrees(trees, opener)
  } catch (error) {
    throw refused(error instanceof Error ? error.message : String(error))
  }
  compiled.set(of, panel as Panel)
  return { panel: panel as Panel, source }
}

function unpacked(content: Uint8Array): unknown {
  try {
    return packr.unpack(content)
  } catch {
    throw refused("its content is no MessagePack")
  }
}

const opener: TreeOpener = {
  binding: (tree) => opened(tree, isParts),
  statements: (tree) => opened(tree, isStatements),
  path: (tree) => opened(tree, isPath),
}

function opened<Tree>(packed: Uint8Array, holds: (value: unknown) => value is Tree): Tree {
  const tree = unpacked(packed)
  if (holds(tree)) return tree
  throw new ExpressionError("expression-failed", "The compiled panel holds a tree that no parser makes", 0, 0)
}
