import { sandboxWorker } from "@nexus/wasm-bridge/vite"
import tailwindcss from "@tailwindcss/vite"
import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"
import { compressed } from "./bundle/compressed.ts"
import { OUTPUT, ZOD } from "./bundle/output.ts"

/** The page that other sites frame: a build of its own, for a chunk of the studio's would bring the studio along. */
export default defineConfig({
  plugins: [react(), tailwindcss(), sandboxWorker(), compressed()],
  build: {
    ...OUTPUT,
    emptyOutDir: false,
    copyPublicDir: false,
    rolldownOptions: {
      input: "embed.html",
      output: { codeSplitting: { includeDependenciesRecursively: false, groups: [ZOD] } },
    },
  },
})
