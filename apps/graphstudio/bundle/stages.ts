import type { HtmlTagDescriptor, Plugin, Rolldown } from "vite"

/**
 * A first visit goes through stages: who you are (shell), the canvas (desk), the life of panels (life). Each is one chunk.
 * Left to itself the bundler makes one for each set of parts that need a module: more than a hundred small requests before
 * the canvas works. React changes less often than the rest and keeps a chunk of its own.
 */
const STAGES: readonly (readonly [name: string, test: RegExp])[] = [
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
 * styles are few and come with the page, so that no stage waits for its own.
 */
export function preloadStages(): Plugin {
  return {
    name: "nexus-preload-stages",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (_html, { bundle }) =>
        Object.values(bundle ?? {})
          .filter((file) => file.type === "chunk" && LATER.has(file.name))
          .flatMap((stage) => [
            link("modulepreload", stage.fileName),
            ...stylesOf(stage).map((fileName) => link("stylesheet", fileName)),
          ]),
    },
  }
}

function link(rel: string, fileName: string): HtmlTagDescriptor {
  return { tag: "link", attrs: { rel, crossorigin: true, href: `/${fileName}` }, injectTo: "head" }
}

function stylesOf(stage: Rolldown.OutputAsset | Rolldown.OutputChunk): string[] {
  return [...("viteMetadata" in stage ? (stage.viteMetadata?.importedCss ?? []) : [])]
}
