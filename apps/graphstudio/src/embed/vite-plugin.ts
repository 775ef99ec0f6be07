import type { Plugin } from "vite"

/** Builds the page that other sites frame beside the studio's own: it has an address, a policy and a first script of its own. */
export function embedPage(): Plugin {
  return {
    name: "nexus-embed-page",
    apply: "build",
    config({ build }) {
      // Lists are joined with what is there; alone, this one would be all there is.
      const alone = build?.rolldownOptions?.input === undefined
      return { build: { rolldownOptions: { input: [...(alone ? ["index.html"] : []), "embed.html"] } } }
    },
  }
}
