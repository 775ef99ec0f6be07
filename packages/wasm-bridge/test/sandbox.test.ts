import { sandboxContract } from "../acceptance/sandbox-contract.ts"
import { createSandbox } from "../src/index.ts"

sandboxContract("v8", () => createSandbox({ processes: 2 }))
