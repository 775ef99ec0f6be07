import { registerHooks } from "node:module"

// The control of `power-cuts`: the same journal, with the setting that SQLite's drivers open a file with. It is loaded in
// front of the journal and changes its text, so that the journal itself has no way to be opened like this.
registerHooks({
  load(url, context, next) {
    const loaded = next(url, context)
    if (!url.endsWith("/sqlite/schema.ts")) return loaded
    const text = String(loaded.source)
    const weak = text
      .replace('synchronous=FULL")', 'synchronous=NORMAL")')
      .replace("synchronous !== 2", "synchronous !== 1")
    if (weak.length !== text.length + 2) throw new Error("the journal asserts its setting in other words now")
    return { ...loaded, source: weak }
  },
})
