import type { Panel } from "@nexus/protocol"
import { learnTrees, type Packed, type TreeOpener } from "../expression/known-trees.ts"
import { ExpressionError } from "../expression/syntax.ts"
import { readPanelsCompiled } from "../store/panel-reader.ts"
import { hashOf, refused, unwrapContent } from "./container.ts"
import type { Row } from "./panel-rows.ts"
import { readPanelRows } from "./read-panel.ts"
import { partsFrom, statementsFrom, treeFrom } from "./tree-rows.ts"
import { isParts, isPath, isStatements } from "./tree-shape.ts"

const compiled = new Map<string, Panel>()
readPanelsCompiled((source) => (compiled.size === 0 ? undefined : compiled.get(hashOf(source))))

/** A compiled panel: what to paint, and the source it was made from unless that was left out. */
export interface CompiledPanel {
  readonly panel: Panel
  readonly source: string | undefined
}

/**
 * Reads a compiled panel and remembers its expressions, so that it runs where no parser is. Throws a NexusError:
 * `version-mismatch`, or `invalid-input` for bytes that are damaged or that no compiler wrote.
 *
 * The content is lines of JSON: the panel with the texts that have trees, each tree, and the source if there is one.
 */
export function decodePanel(bytes: Uint8Array): CompiledPanel {
  const lines = unwrapContent(bytes).split("\n")
  const head = parsed(lines[0])
  if (!Array.isArray(head) || head.length !== 5) throw refused("its first line is not what a compiler writes")
  const [rows, of, ...kinds]: Row = head
  if (typeof of !== "string") throw refused("it does not say what it was made from")
  const panel = readWhole(rows)
  let next = 1
  const [bindings = [], statements = [], paths = []] = kinds.map((texts) => {
    if (!Array.isArray(texts)) throw refused("its list of trees is not what a compiler writes")
    return texts.map((text: unknown): Packed => {
      const tree = lines[next++]
      if (typeof text !== "string" || tree === undefined) throw refused("its trees are not what a compiler writes")
      return [text, tree]
    })
  })
  const source = next < lines.length ? parsed(lines[next++]) : undefined
  if ((source !== undefined && typeof source !== "string") || next < lines.length) {
    throw refused("its source is not what a compiler writes")
  }
  try {
    learnTrees({ bindings, statements, paths }, opener)
  } catch (error) {
    throw refused(error instanceof Error ? error.message : String(error))
  }
  compiled.set(of, panel)
  return { panel, source }
}

function readWhole(rows: unknown): Panel {
  try {
    return readPanelRows(rows)
  } catch (error) {
    throw refused(`${error instanceof Error ? error.message : error} in it is not what a compiler writes`)
  }
}

function parsed(line: string | undefined): unknown {
  try {
    return JSON.parse(line ?? "")
  } catch {
    throw refused("a line of it is no JSON")
  }
}

const opener: TreeOpener = {
  binding: (tree) => opened(tree, partsFrom, isParts),
  statements: (tree) => opened(tree, statementsFrom, isStatements),
  path: (tree) => opened(tree, treeFrom, isPath),
}

function opened<Tree>(packed: string, read: (row: unknown) => unknown, holds: (value: unknown) => value is Tree): Tree {
  let tree: unknown
  try {
    tree = read(JSON.parse(packed))
  } catch {
    tree = undefined
  }
  if (holds(tree)) return tree
  throw new ExpressionError("expression-failed", "The compiled panel holds a tree that no parser makes", 0, 0)
}
