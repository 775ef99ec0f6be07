import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { rolldown } from "rolldown"

// `node src/size.ts`: what a browser loads to show a panel, built and minified, against other runtimes. Not a goal of
// the table: a size is the same on every machine.

interface Entry {
  readonly name: string
  readonly code: string
  /** Not counted, because the page has it anyway. */
  readonly external?: RegExp
}

const LIVE = 'export * from "@nexus/reactor/viewer"'
const SVELTE = `import { mount } from "svelte"
import { state, set, get, template_effect, set_text, from_html, append, delegate, child } from "svelte/internal/client"
export { mount, state, set, get, template_effect, set_text, from_html, append, delegate, child }`

const entries: readonly Entry[] = [
  { name: "signals alone", code: 'export * from "@nexus/reactor/signals"' },
  { name: "viewer core: signals, store, expressions, layout, .nxb", code: LIVE },
  { name: "viewer core without zod and msgpackr, which the wire brings", code: LIVE, external: /^(zod|msgpackr)/ },
  {
    name: "viewer core, client and components, React aside",
    code: `${LIVE}\nexport * from "@nexus/reactor/react"\nexport * from "@nexus/reactor/client"`,
    external: /^(react|react-dom)(\/|$)/,
  },
  {
    name: "the same with React",
    code: `${LIVE}\nexport * from "@nexus/reactor/react"\nexport * from "@nexus/reactor/client"`,
  },
  {
    name: "everything with the parser, React aside",
    code: 'export * from "@nexus/reactor"\nexport * from "@nexus/reactor/react"',
    external: /^(react|react-dom)(\/|$)/,
  },
  { name: "svelte's client runtime, what a counter uses", code: SVELTE },
]

async function sizeOf({ code, external }: Entry): Promise<{ raw: number; gzip: number }> {
  const dir = mkdtempSync(join(import.meta.dirname, ".size-"))
  const input = join(dir, "entry.js")
  writeFileSync(input, code)
  try {
    const build = await rolldown({
      input,
      external: external ? [external] : [],
      resolve: { alias: { msgpackr: "msgpackr/index-no-eval" }, conditionNames: ["browser", "import", "default"] },
      transform: { define: { "process.env.NODE_ENV": '"production"' } },
      logLevel: "silent",
    })
    const { output } = await build.generate({ format: "es", minify: true })
    await build.close()
    // What is loaded at once: parts that come on demand are chunks of their own.
    const first = output.find((chunk) => chunk.type === "chunk" && chunk.isEntry)
    const chunks = new Map(output.map((chunk) => [chunk.fileName, chunk]))
    const wanted = new Set(first ? [first.fileName] : [])
    for (const name of wanted) {
      const chunk = chunks.get(name)
      if (chunk?.type === "chunk") for (const from of chunk.imports) if (chunks.has(from)) wanted.add(from)
    }
    const text = [...wanted].map((name) => {
      const chunk = chunks.get(name)
      return chunk?.type === "chunk" ? chunk.code : ""
    })
    return sizes(text.join(""))
  } finally {
    rmSync(dir, { recursive: true })
  }
}

function sizes(text: string): { raw: number; gzip: number } {
  return { raw: Buffer.byteLength(text), gzip: gzipSync(text, { level: 9 }).length }
}

const kb = (bytes: number) => (bytes / 1024).toFixed(1)
console.log("| what | KB | KB gzip |\n|---|---|---|")
for (const entry of entries) {
  const { raw, gzip } = await sizeOf(entry)
  console.log(`| ${entry.name} | ${kb(raw)} | ${kb(gzip)} |`)
}
const vue = new URL("../node_modules/vue/dist/vue.runtime.esm-browser.prod.js", import.meta.url)
const { raw, gzip } = sizes(readFileSync(vue, "utf8"))
console.log(`| vue.runtime.esm-browser.prod.js | ${kb(raw)} | ${kb(gzip)} |`)
