import { BaseSequencer, type TestSpecification } from "vitest/node"

/**
 * The order of test files. Vitest begins with the largest of a project where it does not know yet how long they take, and
 * ends with a small one that takes a minute while the other worker has nothing to do. What takes long begins first.
 */
const LONG = [
  "wasm-bridge/test/engines/chromium.test.ts",
  "wasm-bridge/test/engines/wasmedge.test.ts",
  "wasm-bridge/test/sandbox.test.ts",
  "flows/everywhere-else.flow.ts",
  "flows/everywhere.flow.ts",
  "kernel/test/gateway/matrix/role-matrix.test.ts",
  "cli/test/run.test.ts",
]

export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONG.findIndex((name) => moduleId.endsWith(name))
      return at < 0 ? LONG.length : at
    }
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}
