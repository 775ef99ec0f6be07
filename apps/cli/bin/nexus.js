#!/usr/bin/env node
import { enableCompileCache } from "node:module"
import { fileURLToPath } from "node:url"

// Reading types out of some hundred files costs half a second at every start; what came of it is kept beside the
// packages, where nobody else may write. Where that cannot be written either, nothing is kept.
enableCompileCache(fileURLToPath(new URL("../../../node_modules/.cache/node", import.meta.url)))
await import("../src/main.ts")
