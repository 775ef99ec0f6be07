import { sandboxWorker } from "@nexus/wasm-bridge/vite"
import tailwindcss from "@tailwindcss/vite"
import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"
import { serviceWorker } from "./src/offline/vite-plugin.ts"

/** Zod is told not to probe for eval in the chunk it stands in: a schema of any other chunk is made after that. */
const ZOD = { name: "zod", test: /node_modules\/zod\/|\/src\/no-eval\.ts$/ }

/** The page runs under a policy without `unsafe-eval`, so the codec is the build of msgpackr that never probes for it (`sandboxWorker` says so). Nothing is inlined either: fonts come from this address only. */
export default defineConfig({
  plugins: [react(), tailwindcss(), sandboxWorker(), serviceWorker()],
  build: {
    target: "es2023",
    cssTarget: ["chrome123", "firefox128", "safari17.5"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    manifest: true,
    rolldownOptions: {
      input: ["index.html", "src/viewer/main.ts"],
      output: { codeSplitting: { includeDependenciesRecursively: false, groups: [ZOD] } },
    },
  },
})
