import { mkdirSync, writeFileSync } from "node:fs"
import { resolve } from "node:path"
import { ERROR_CODES, renderErrorPage } from "@nexus/reactor"
import { root } from "./run-command.ts"

// `node scripts/error-pages.ts`: writes docs/errors, one page a code, from the reactor's own table.

const folder = resolve(root, "docs/errors")
mkdirSync(folder, { recursive: true })
for (const code of ERROR_CODES) writeFileSync(resolve(folder, `${code}.md`), renderErrorPage(code))
