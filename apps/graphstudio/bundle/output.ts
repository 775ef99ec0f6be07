/** What every build of the studio has in common. */
export const OUTPUT = {
  target: "es2023",
  cssTarget: ["chrome123", "firefox128", "safari17.5"],
  assetsInlineLimit: 0,
  modulePreload: { polyfill: false },
  chunkSizeWarningLimit: 700,
}

/** Zod is told not to probe for eval in the chunk it stands in: a schema of any other chunk is made after that. */
export const ZOD = { name: "zod", test: /node_modules\/zod\/|\/src\/no-eval\.ts$/ }
