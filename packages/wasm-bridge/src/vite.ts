import { fileURLToPath } from "node:url"
import type { Plugin, UserConfig } from "vite"
import { guestSource, recorderFile } from "./guest-source.ts"

const PRELUDE = fileURLToPath(new URL("./browser/prelude.ts", import.meta.url))

/**
 * Builds `@nexus/wasm-bridge/browser` into a page: the guest's text is made at build time, the codec is the build of
 * msgpackr that never probes for eval, and the worker is one file, so that its policy need let it load no other.
 */
export function sandboxWorker(): Plugin {
  return { ...guestText(), config: () => CONFIG }
}

const CONFIG: UserConfig = {
  resolve: { alias: [{ find: /^msgpackr$/, replacement: "msgpackr/index-no-eval" }] },
  worker: { format: "iife", plugins: () => [guestText()] },
}

function guestText(): Plugin {
  return {
    name: "nexus-sandbox-worker",
    enforce: "pre",
    load: (id) =>
      id === PRELUDE ? `export const prelude = ${JSON.stringify(guestSource(recorderFile()))}` : undefined,
  }
}
