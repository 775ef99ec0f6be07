import type { HtmlTagDescriptor, Plugin, Rolldown } from "vite"

const EARLY = "early"

/**
 * A first visit goes through stages: what is asked at once (early), who you are (shell), the canvas (desk), the life of panels (life). Each is one chunk.
 * Left to itself the bundler makes one for each set of parts that need a module: more than a hundred small requests before
 * the canvas works. React changes less often than the rest and keeps a chunk of its own.
 */
const STAGES: readonly (readonly [name: string, test: RegExp])[] = [
  [EARLY, /\/src\/connect\/ask(?:ed)?-early\.ts$/],
  ["react", /\/node_modules\/(?:react|react-dom|scheduler)\//],
  ["shell", /\/src\/main\.tsx$/],
  ["desk", /\/src\/workspace\/WorkspaceScreen\.tsx$/],
  ["life", /\/src\/canvas\/SheetBody\.tsx$/],
]

/** The stages in their order; a chunk takes along what its module needs and no earlier one has. */
export const STAGE_CHUNKS = STAGES.map(([name, test]) => ({ name, test, includeDependenciesRecursively: true }))

/** The later stages, and the doors to them that the bundler makes of a few bytes each. */
const LATER = new Set(["desk", "life", "WorkspaceScreen", "SheetBody"])

/**
 * Lets the page fetch the later stages while the first one asks who you are: nearly every visit goes to a canvas. Their
 * styles are few and come with the page, so that no stage waits for its own. The early stage waits for nobody.
 */
export function preloadStages(): Plugin {
  return {
    name: "nexus-preload-stages",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (html, { bundle }) => {
        const chunks = Object.values(bundle ?? {}).filter((file) => file.type === "chunk")
        const later = chunks
          .filter(({ name }) => LATER.has(name))
          .flatMap((stage) => [
            link("modulepreload", stage.fileName),
            ...stylesOf(stage).map((fileName) => link("stylesheet", fileName)),
          ])
        return {
          html: withoutWaiting(
            html,
            chunks.filter(({ name }) => name === EARLY),
          ),
          tags: later,
        }
      },
    },
  }
}

/** The same page, whose early stage runs as soon as it is here; in their order, scripts wait for all before them. */
function withoutWaiting(html: string, early: readonly Rolldown.OutputChunk[]): string {
  return early.reduce((page, { fileName }) => {
    const waiting = `<script type="module" crossorigin src="/${fileName}"></script>`
    const at = page.indexOf(waiting)
    return at < 0 ? page : first(page.replace(waiting, ""), waiting.replace('module"', 'module" async'))
  }, html)
}

function first(html: string, script: string): string {
  return html.replace("<script", `${script}\n    <script`)
}

function link(rel: string, fileName: string): HtmlTagDescriptor {
  return { tag: "link", attrs: { rel, crossorigin: true, href: `/${fileName}` }, injectTo: "head" }
}

function stylesOf(stage: Rolldown.OutputAsset | Rolldown.OutputChunk): string[] {
  return [...("viteMetadata" in stage ? (stage.viteMetadata?.importedCss ?? []) : [])]
}
