import { readFileSync } from "node:fs"
import { registerHooks } from "node:module"
import { fileURLToPath } from "node:url"
import { transformSync } from "oxc-transform"

/**
 * Lets plain Node import `.tsx`: Node strips types but does not know JSX. Import this module first, then import the
 * components dynamically. A build step was refused: the kernel runs from source, and so do the components it renders.
 */
registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith(".tsx")) return nextLoad(url, context)
    const path = fileURLToPath(url)
    const { code, errors } = transformSync(path, readFileSync(path, "utf8"), {
      lang: "tsx",
      jsx: { runtime: "automatic" },
      sourcemap: false,
    })
    const [first] = errors
    if (first) throw new SyntaxError(`${path}: ${first.message}`)
    return { format: "module", source: code, shortCircuit: true }
  },
})
