import { existsSync, readdirSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { components } from "@nexus/protocol"
import { TOKEN_KINDS } from "@nexus/reactor/language"
import { beforeAll, expect, test } from "vitest"
import oniguruma from "vscode-oniguruma"
import textmate, { type IGrammar } from "vscode-textmate"

const folder = new URL("../../../editors/vscode/", import.meta.url)
const require = createRequire(import.meta.url)
const { serverCommand }: { serverCommand: ServerCommand } = require("../../../editors/vscode/server-command.cjs")

type ServerCommand = (
  configured: readonly string[],
  folders: readonly string[],
  isThere?: (file: string) => boolean,
) => { readonly command: string; readonly args: readonly string[] }

function read(path: string): string {
  return readFileSync(new URL(path, folder), "utf8")
}

const manifest = JSON.parse(read("package.json"))
let grammar: IGrammar

/** JavaScript's own grammar comes with VS Code; here a small one stands for it, so that what is embedded can be seen. */
const JAVASCRIPT = {
  scopeName: "source.js",
  patterns: [{ include: "#expression" }],
  repository: {
    expression: {
      patterns: [
        { name: "string.js", begin: "'", end: "'" },
        { name: "meta.object.js", begin: "\\{", end: "\\}", patterns: [{ include: "#expression" }] },
        { name: "keyword.js", match: "\\b(?:const|await|if)\\b" },
        { name: "variable.js", match: "\\$?\\w+" },
      ],
    },
  },
}

beforeAll(async () => {
  const wasm = readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"))
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength))
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) =>
      textmate.parseRawGrammar(
        scope === "source.js" ? JSON.stringify(JAVASCRIPT) : read("syntaxes/nxml.tmLanguage.json"),
        "grammar.json",
      ),
  })
  const loaded = await registry.loadGrammar("text.xml.nxml")
  if (loaded === null) throw new Error("the grammar does not load")
  grammar = loaded
})

/** Every token of the source with its innermost scope that is not the document's. */
function painted(source: string): string[] {
  let state = textmate.INITIAL
  const out: string[] = []
  for (const line of source.split("\n")) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state)
    for (const { startIndex, endIndex, scopes } of tokens)
      if (line.slice(startIndex, endIndex).trim() !== "")
        out.push(`${line.slice(startIndex, endIndex).trim()} → ${scopes.slice(1).join(" ")}`)
    state = ruleStack
  }
  return out
}

test("every file the manifest names is there, and is what it should be", () => {
  const { languages, grammars, semanticTokenScopes } = manifest.contributes
  expect(languages[0]).toMatchObject({ id: "nxml", extensions: [".nxml"] })
  expect(() => JSON.parse(read(languages[0].configuration))).not.toThrow()
  expect(JSON.parse(read(grammars[0].path)).scopeName).toBe(grammars[0].scopeName)
  expect(existsSync(new URL(manifest.main, folder))).toBe(true)
  for (const kind of Object.keys(semanticTokenScopes[0].scopes)) expect(TOKEN_KINDS).toContain(kind)
})

test("tags, attributes, text and expressions have their scopes", () => {
  const tokens = painted(`<Text content="so {$state.count} &lt;"/>`)
  expect(tokens).toEqual([
    "< → meta.tag.nxml punctuation.definition.tag.begin.nxml",
    "Text → meta.tag.nxml entity.name.tag.nxml",
    "content → meta.tag.nxml entity.other.attribute-name.nxml",
    "= → meta.tag.nxml punctuation.separator.key-value.nxml",
    '" → meta.tag.nxml punctuation.definition.string.begin.nxml',
    "so → meta.tag.nxml string.quoted.double.nxml",
    "{ → meta.tag.nxml string.quoted.double.nxml punctuation.section.embedded.begin.nxml",
    "$state → meta.tag.nxml string.quoted.double.nxml source.js.embedded.nxml variable.js",
    ". → meta.tag.nxml string.quoted.double.nxml source.js.embedded.nxml",
    "count → meta.tag.nxml string.quoted.double.nxml source.js.embedded.nxml variable.js",
    "} → meta.tag.nxml string.quoted.double.nxml punctuation.section.embedded.end.nxml",
    "&lt; → meta.tag.nxml string.quoted.double.nxml constant.character.entity.nxml",
    '" → meta.tag.nxml punctuation.definition.string.end.nxml',
    "/> → meta.tag.nxml punctuation.definition.tag.end.nxml",
  ])
})

test("a handler's text is JavaScript up to its end, also where it holds tags and CDATA", () => {
  const tokens = painted(`<Handler name="add"><![CDATA[
  const html = '<b>'
  if (a < b) await c
]]></Handler>
<View>`)
  expect(tokens).toEqual(
    expect.arrayContaining([
      "const → source.js.embedded.nxml keyword.js",
      "<b> → source.js.embedded.nxml string.js",
      "await → source.js.embedded.nxml keyword.js",
      "View → meta.tag.nxml entity.name.tag.nxml",
    ]),
  )
})

test("events and binds are JavaScript, and an object in an expression does not end it", () => {
  expect(painted(`<Button onClick="add({ title: 'x' })" label='{f({ a: 1 })} b'/>`)).toEqual(
    expect.arrayContaining([
      "add → meta.tag.nxml source.js.embedded.nxml variable.js",
      "x → meta.tag.nxml source.js.embedded.nxml meta.object.js string.js",
      "a → meta.tag.nxml string.quoted.single.nxml source.js.embedded.nxml meta.object.js variable.js",
      "b → meta.tag.nxml string.quoted.single.nxml",
      "/> → meta.tag.nxml punctuation.definition.tag.end.nxml",
    ]),
  )
})

test("every panel of the gallery is coloured to its last tag", () => {
  const gallery = new URL("../../../gallery/", import.meta.url)
  const panels = readdirSync(gallery, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== "components",
  )
  for (const { name } of panels) {
    const tokens = painted(readFileSync(new URL(`${name}/panel.nxml`, gallery), "utf8"))
    const names = tokens
      .filter((token) => token.endsWith("entity.name.tag.nxml"))
      .map((token) => token.split(" ")[0] ?? "")
    expect(names[names.length - 1], name).toBe("NexusPanel")
    expect(
      names.some((tag) => components.has(tag)),
      name,
    ).toBe(true)
    expect(tokens[tokens.length - 1], name).toContain("punctuation.definition.tag.end.nxml")
  }
})

test("the client starts the configured server, else the folder's own, else the one on the path", () => {
  const is =
    (...files: string[]) =>
    (file: string) =>
      files.some((known) => file.replaceAll("\\", "/") === known)
  expect(serverCommand(["npx", "nexus", "lsp"], ["/a"])).toEqual({ command: "npx", args: ["nexus", "lsp"] })
  expect(serverCommand([], ["/a"], is("/a/node_modules/.bin/nexus")).command).toMatch(/nexus$/)
  expect(serverCommand([], ["/a"], is("/a/apps/cli/bin/nexus.js", "/a/node_modules/.bin/node"))).toMatchObject({
    command: expect.stringMatching(/node$/),
    args: [expect.stringMatching(/nexus\.js$/), "lsp", "--stdio"],
  })
  expect(serverCommand([], ["/a"], is())).toEqual({ command: "nexus", args: ["lsp", "--stdio"] })
})
