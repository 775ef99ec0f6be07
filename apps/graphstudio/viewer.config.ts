import { sandboxWorker } from "@nexus/wasm-bridge/vite"
import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"
import { compressed } from "./bundle/compressed.ts"
import { OUTPUT, ZOD } from "./bundle/output.ts"

/** The page of a single panel: a build of its own beside the studio's, so that neither carries what only the other needs. */
export default defineConfig({
  plugins: [react(), sandboxWorker(), compressed()],
  build: {
    ...OUTPUT,
    emptyOutDir: false,
    copyPublicDir: false,
    manifest: ".vite/viewer.json",
    rolldownOptions: {
      input: "src/viewer/main.ts",
      output: { codeSplitting: { includeDependenciesRecursively: false, groups: [ZOD] } },
    },
  },
})
