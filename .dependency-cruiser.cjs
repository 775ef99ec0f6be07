/** Imports go down. The floors of ARCHITECTURE.md, held by a tool. */
const inPackage = (name) => `^(packages|apps)/${name}/`
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "protocol-is-the-ground",
      severity: "error",
      from: { path: inPackage("protocol") },
      to: { path: "^(packages|apps)/", pathNot: inPackage("protocol") },
    },
    {
      name: "floor-1-knows-only-protocol",
      severity: "error",
      from: { path: "^packages/(reactor|wasm-bridge|trilog)/" },
      to: { path: "^(packages|apps)/", pathNot: ["^packages/protocol/", "^packages/$1/"] },
    },
    {
      name: "os-reaches-the-kernel-by-wire",
      severity: "error",
      from: { path: inPackage("os") },
      to: { path: "^(packages|apps)/", pathNot: ["^packages/(protocol|os)/"] },
    },
    {
      name: "kernel-imports-down",
      severity: "error",
      from: { path: inPackage("kernel") },
      to: { path: "^(packages/os|apps)/" },
    },
    {
      name: "studio-reaches-the-kernel-by-wire",
      severity: "error",
      from: { path: inPackage("graphstudio") },
      // The sandbox runs handlers in the page too: previews, and panels that are offline.
      to: {
        path: "^(packages|apps)/",
        pathNot: [
          "^packages/(protocol|reactor)/",
          "^packages/wasm-bridge/src/(browser/index|vite)[.]ts$",
          "^apps/graphstudio/",
        ],
      },
    },
    {
      name: "packages-through-their-index",
      severity: "error",
      from: { path: "^(packages|apps)/([^/]+)/" },
      to: {
        path: "^packages/([^/]+)/src/",
        pathNot: [
          "^packages/$2/",
          "^packages/[a-z-]+/src/index[.]ts$",
          "^packages/reactor/src/(react|react/graph|render|client|viewer|compiled|language|reading|text)/index[.]ts$",
          "^packages/reactor/src/node/register-jsx[.]ts$",
          "^packages/wasm-bridge/src/(engines/wasmedge|browser)/index[.]ts$",
          "^packages/wasm-bridge/src/vite[.]ts$",
          "^packages/kernel/src/records/index[.]ts$",
          "[.]css$",
        ],
      },
    },
    {
      name: "react-only-in-react",
      severity: "error",
      from: { path: "^packages/reactor/src/", pathNot: "^packages/reactor/src/(react|render)/" },
      to: { path: "node_modules/(react|react-dom|react-markdown)/" },
    },
    {
      // `prelude.ts` is replaced by its text where the worker is built for a browser.
      name: "the-sandbox-of-a-page-knows-no-node",
      severity: "error",
      from: {
        path: "^packages/wasm-bridge/src/(browser/|vm/|engines/(engine|v8)|(pool|slot|runner|runs|machines|snapshot|frames|kept-run|kept-memory|outcome-of)[.]ts)",
        pathNot: "^packages/wasm-bridge/src/browser/prelude[.]ts$",
      },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "reactor-core-knows-no-node",
      severity: "error",
      from: { path: "^packages/reactor/src/", pathNot: "^packages/reactor/src/node/" },
      to: { dependencyTypes: ["core"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules|dist|generated" },
    exclude: { path: "(^|/)(dist|generated|node_modules)/" },
    parser: "swc",
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "default"],
      extensions: [".ts", ".tsx", ".js"],
    },
  },
}
