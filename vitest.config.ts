import { defineConfig } from "vitest/config"
import { LongFirst } from "./scripts/long-first.ts"

/**
 * Files of a project share their worker's modules: loading them anew for each file took a third of the time. Nothing is
 * mocked by module and every world is built by its test, so there is nothing that one file could leave to the next.
 */
const unit = (name: string, extra: object = {}) => ({
  test: { name, root: name, include: ["test/**/*.test.{ts,tsx}", "acceptance/**/*.test.ts"], isolate: false, ...extra },
})

export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    sequence: { sequencer: LongFirst },
    projects: [
      unit("packages/protocol"),
      unit("packages/reactor"),
      unit("packages/wasm-bridge", { isolate: true }),
      unit("packages/trilog"),
      unit("packages/os"),
      unit("packages/kernel"),
      unit("apps/graphstudio"),
      unit("apps/cli"),
      {
        test: {
          name: "flows",
          root: "flows",
          include: ["**/*.flow.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          isolate: false,
          expect: { poll: { timeout: 10_000 } },
        },
      },
    ],
  },
})
