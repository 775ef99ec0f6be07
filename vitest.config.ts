import { defineConfig } from "vitest/config"

const unit = (name: string, extra: object = {}) => ({
  test: { name, root: name, include: ["test/**/*.test.{ts,tsx}", "acceptance/**/*.test.ts"], ...extra },
})

export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    projects: [
      unit("packages/protocol"),
      unit("packages/reactor"),
      unit("packages/wasm-bridge"),
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
          fileParallelism: false,
          expect: { poll: { timeout: 10_000 } },
        },
      },
    ],
  },
})
