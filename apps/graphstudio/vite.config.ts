import { sandboxWorker } from "@nexus/wasm-bridge/vite"
import tailwindcss from "@tailwindcss/vite"
import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"
import { compressed } from "./bundle/compressed.ts"
import { OUTPUT, ZOD } from "./bundle/output.ts"
import { preloadStages, STAGE_CHUNKS } from "./bundle/stages.ts"
import { serviceWorker } from "./src/offline/vite-plugin.ts"

/** The page runs under a policy without `unsafe-eval`, so the codec is the build of msgpackr that never probes for it (`sandboxWorker` says so). Nothing is inlined either: fonts come from this address only. */
export default defineConfig({
  plugins: [react(), tailwindcss(), sandboxWorker(), preloadStages(), serviceWorker(), compressed()],
  build: {
    ...OUTPUT,
    rolldownOptions: {
      input: { index: "index.html", early: "src/connect/ask-early.ts" },
      output: { codeSplitting: { includeDependenciesRecursively: false, groups: [ZOD, ...STAGE_CHUNKS] } },
    },
  },
})
