import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { Graph, type Operation, PackageManifest } from "@nexus/protocol"
import { UsageError } from "./io.ts"

/**
 * The package in a folder: `package.json` says what it is called, and each `Name.nxml` with its `Name.json` is one
 * component and its declaration. Throws UsageError that names the file and the field.
 */
export function readPackage(folder: string): PackageManifest {
  const names = readdirSync(folder).flatMap((name) => (name.endsWith(".nxml") ? [name.slice(0, -".nxml".length)] : []))
  const components = names.sort().map((name) => ({
    declaration: readJson(folder, `${name}.json`),
    source: readFileSync(join(folder, `${name}.nxml`), "utf8"),
  }))
  const read = PackageManifest.safeParse({ ...Object(readJson(folder, "package.json")), components })
  if (read.success) return read.data
  const [issue] = read.error.issues
  const [first, index, ...rest] = issue?.path ?? []
  const file = first === "components" && typeof index === "number" ? `${names[index]}.json` : "package.json"
  const field = (first === "components" ? rest.slice(1) : [first ?? ""]).join(".")
  throw new UsageError(
    `${join(folder, file)}: ${field === "" ? "" : `${field}: `}${issue?.message ?? "cannot be read"}`,
  )
}

/** A graph that holds nothing but the components of these packages. */
export function graphOfPackages(folders: readonly string[]): Graph {
  const graph = new Graph()
  for (const folder of folders) {
    const { name, version, description, components } = readPackage(folder)
    const scope = `package_${name}`
    graph.putEntity({ id: scope, kind: "package", name, scope: "", properties: { version, description } })
    for (const { declaration, source } of components) {
      const properties: Extract<Operation, { kind: "entity_add" }>["entity"]["properties"] = {
        declaration: { ...declaration },
        source,
      }
      graph.putEntity({
        id: `${scope}.${declaration.name}`,
        kind: "component",
        name: declaration.name,
        scope,
        properties,
      })
    }
  }
  return graph
}

function readJson(folder: string, name: string): unknown {
  const path = join(folder, name)
  try {
    return JSON.parse(readFileSync(path, "utf8"))
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT"
    throw new UsageError(missing ? `${path} is missing; a package needs it.` : `${path}: ${(error as Error).message}`)
  }
}
