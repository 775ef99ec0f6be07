#!/usr/bin/env node
import { enableCompileCache, getCompileCacheDir } from "node:module"
import { fileURLToPath } from "node:url"

// Reading types out of some hundred files costs half a second at every start; what came of it is kept beside the
// packages, where nobody else may write. Where that cannot be written either, nothing is kept. Threads and programs of
// the kernel look for it in their environment, and load no reader of types at all when they find it.
const kept = fileURLToPath(new URL("../../../node_modules/.cache/node", import.meta.url))
enableCompileCache(kept)
if (getCompileCacheDir()) process.env.NODE_COMPILE_CACHE ??= kept
await import("../src/main.ts")
