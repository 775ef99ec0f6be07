import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { stripTypeScriptTypes } from "node:module"
import type { Plugin } from "vite"

/** What the page needs to open; of the fonts, the letters that every page begins with. */
const KEPT = /\.(?:js|css|svg|wasm)$|-latin-[\w-]+\.woff2$/

/** Writes the service worker with the names of this build's files: it stands at the root, for the whole page is its scope. */
export function serviceWorker(): Plugin {
  return {
    name: "nexus-service-worker",
    apply: "build",
    enforce: "post",
    // After everything else: chunks that turned out to hold nothing but styles are gone by then.
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const files = Object.keys(bundle)
          .filter((name) => KEPT.test(name))
          .sort()
          .map((name) => `/${name}`)
        const build = createHash("sha256").update(files.join("\n")).digest("hex").slice(0, 16)
        const source = readFileSync(new URL("service-worker.ts", import.meta.url), "utf8")
        const head = `const FILES = ${JSON.stringify(files)}\nconst BUILD = "nexus-${build}"\n`
        this.emitFile({ type: "asset", fileName: "service-worker.js", source: head + stripTypeScriptTypes(source) })
      },
    },
  }
}
