const { existsSync } = require("node:fs")
const { join } = require("node:path")

/**
 * How the language server is started: as it is configured, else by a folder's own `nexus` (this repository's, with the Node
 * it pins, or an installed one), else by the one on the path. `isThere` says whether a file exists.
 */
function serverCommand(configured, folders, isThere = existsSync) {
  const [command, ...args] = configured
  if (command !== undefined) return { command, args }
  for (const folder of folders) {
    const own = join(folder, "apps", "cli", "bin", "nexus.js")
    const node = join(folder, "node_modules", ".bin", "node")
    if (isThere(own)) return { command: isThere(node) ? node : "node", args: [own, "lsp", "--stdio"] }
    const installed = join(folder, "node_modules", ".bin", "nexus")
    if (isThere(installed)) return { command: installed, args: ["lsp", "--stdio"] }
  }
  return { command: "nexus", args: ["lsp", "--stdio"] }
}

module.exports = { serverCommand }
