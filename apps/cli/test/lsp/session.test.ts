import { once } from "node:events"
import { afterEach, beforeEach, expect, test } from "vitest"
import {
  CodeActionRequest,
  type CompletionItem,
  CompletionRequest,
  DefinitionRequest,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentFormattingRequest,
  DocumentSymbolRequest,
  ExitNotification,
  FoldingRangeRequest,
  HoverRequest,
  type Location,
  PrepareRenameRequest,
  type Range,
  ReferencesRequest,
  RenameRequest,
  SelectionRangeRequest,
  SemanticTokensRequest,
} from "vscode-languageserver-protocol/node"
import { type Editor, openEditor } from "./editor.ts"

const SOURCE = `<NexusPanel title="Groceries 🍅">
  <Data>
    <State name="items" type="list" description="What to buy"/>
    <State name="draft" type="string" scope="session"/>
  </Data>
  <Logic>
    <Handler name="add">
      $state.items.push({ id: $id(), title: $args.title })
    </Handler>
  </Logic>
  <View>
    <Text content="🍅🍅 {$state.items.length} to buy"/>
    <Form onSubmit="add({ title: $state.draft })">
      <Input label="New" bind="$state.draft"/>
    </Form>
  </View>
</NexusPanel>
`

let editor: Editor
beforeEach(async () => {
  editor = await openEditor(SOURCE)
})
afterEach(() => {
  editor.server.kill()
})

function here(position: { line: number; character: number }) {
  return { textDocument: { uri: editor.uri }, position }
}

async function completions(position: { line: number; character: number }): Promise<CompletionItem[]> {
  const answer = await editor.connection.sendRequest(CompletionRequest.type, here(position))
  return Array.isArray(answer) ? answer : (answer?.items ?? [])
}

function empty(at: { line: number; character: number }): Range {
  return { start: at, end: at }
}

test("a session from initialize to exit: open, edit, complete, hover, go, rename, mend, format, shut down", async () => {
  const { connection, uri, initialized } = editor
  expect(initialized.serverInfo?.name).toBe("nexus")
  expect(initialized.capabilities).toMatchObject({ hoverProvider: true, renameProvider: { prepareProvider: true } })
  expect(await editor.diagnostics()).toEqual([])

  // A mistake is told for the version that has it, behind surrogate pairs at the right column.
  const word = editor.behind("🍅🍅 {$state.item")
  await editor.type(empty(word), "z")
  const [mistake] = await editor.diagnostics()
  expect(mistake).toMatchObject({ code: "undefined-state", severity: 1, source: "nexus" })
  expect(mistake?.codeDescription?.href).toMatch(/^file:.*\/docs\/errors\/undefined-state\.md$/)
  expect(mistake && editor.slice(mistake.range)).toBe("itemzs")

  const hovered = await connection.sendRequest(HoverRequest.type, here(word))
  expect(JSON.stringify(hovered?.contents)).toContain("Did you mean")

  // Its quick fix makes it well again.
  const actions = await connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri },
    range: empty(word),
    context: { diagnostics: [] },
  })
  const fix = actions?.find(({ title }) => title === 'Change to "items"')
  expect(fix).toMatchObject({ kind: "quickfix", isPreferred: true })
  const fixes = fix && "edit" in fix ? fix.edit?.changes?.[uri] : undefined
  expect(editor.apply(fixes ?? [])).toBe(SOURCE)
  for (const { range, newText } of fixes ?? []) await editor.type(range, newText)
  expect(await editor.diagnostics()).toEqual([])

  // Completion inside an expression replaces the word that is there.
  const dot = editor.behind("🍅🍅 {$state.")
  expect((await completions(dot)).map(({ label }) => label)).toEqual(["items", "draft"])

  // Typing a tag completes elements as snippets.
  const line = editor.behind("</Form>")
  await editor.type(empty(line), "\n    <But")
  const [button] = (await completions(editor.behind("<But"))).filter(({ label }) => label === "Button")
  expect(button).toMatchObject({ insertTextFormat: 2, kind: 7 })
  expect(button?.textEdit?.newText).toBe('Button label="${' + '1}" onClick="${' + '2}"/>')
  await editor.type({ start: editor.behind("</Form>"), end: editor.behind("<But") }, "")
  expect(editor.text()).toBe(SOURCE)

  const state = editor.behind('bind="$state.dr')
  const definition = await connection.sendRequest(DefinitionRequest.type, here(state))
  expect(editor.slice((definition as Location).range)).toBe("draft")
  expect((definition as Location).range.start.line).toBe(3)

  const references = await connection.sendRequest(ReferencesRequest.type, {
    ...here(state),
    context: { includeDeclaration: true },
  })
  expect(references?.map(({ range }) => editor.slice(range))).toEqual(["draft", "draft", "draft"])

  const prepared = await connection.sendRequest(PrepareRenameRequest.type, here(state))
  expect(prepared).toMatchObject({ placeholder: "draft" })
  const renamed = await connection.sendRequest(RenameRequest.type, { ...here(state), newName: "wanted" })
  expect(editor.apply(renamed?.changes?.[uri] ?? [])).toBe(SOURCE.replaceAll("draft", "wanted"))
  await expect(connection.sendRequest(RenameRequest.type, { ...here(state), newName: "items" })).rejects.toThrow(
    'There is a State "items" already',
  )

  await editor.type({ start: { line: 2, character: 0 }, end: { line: 2, character: 4 } }, "\t")
  const laid = await connection.sendRequest(DocumentFormattingRequest.type, {
    textDocument: { uri },
    options: { tabSize: 2, insertSpaces: true },
  })
  expect(laid).toHaveLength(1)
  expect(editor.apply(laid ?? [])).toBe(SOURCE)

  expect(await editor.close()).toBe(0)
})

test("folds, symbols, selections and colours are given in lines and columns", async () => {
  const { connection, uri } = editor
  const textDocument = { uri }
  const folds = await connection.sendRequest(FoldingRangeRequest.type, { textDocument })
  expect(folds).toContainEqual({ startLine: 6, endLine: 7 })

  const symbols = await connection.sendRequest(DocumentSymbolRequest.type, { textDocument })
  expect(symbols).toMatchObject([
    { name: "NexusPanel Groceries 🍅", children: [{ name: "Data" }, { name: "Logic" }, { name: "View" }] },
  ])

  const [grown] =
    (await connection.sendRequest(SelectionRangeRequest.type, {
      textDocument,
      positions: [editor.behind('bind="$state.dr')],
    })) ?? []
  expect(grown && editor.slice(grown.range)).toBe("draft")
  expect(grown?.parent && editor.slice(grown.parent.range)).toBe("$state.draft")

  const { data } = (await connection.sendRequest(SemanticTokensRequest.type, { textDocument })) ?? { data: [] }
  const legend = editor.initialized.capabilities.semanticTokensProvider?.legend.tokenTypes ?? []
  const painted: string[] = []
  let [line, character] = [0, 0]
  for (let at = 0; at < data.length; at += 5) {
    const [lines = 0, columns = 0, length = 0, type = 0] = data.slice(at, at + 4)
    character = lines === 0 ? character + columns : columns
    line += lines
    const end = { line, character: character + length }
    painted.push(`${legend[type]} ${editor.slice({ start: { line, character }, end })}`)
  }
  expect(painted).toEqual(
    expect.arrayContaining(["element Handler", "variable $state", "method push", "property length", "string 🍅🍅 "]),
  )
})

test("an element can be wrapped by a code action, and an editor that asks for one kind gets that kind", async () => {
  const ask = (only?: string[]) =>
    editor.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: editor.uri },
      range: empty(editor.behind("<In")),
      context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
    })
  const actions = (await ask(["refactor"])) ?? []
  const wrap = actions.find(({ title }) => title === "Wrap <Input> in Container")
  const edits = wrap && "edit" in wrap ? wrap.edit?.changes?.[editor.uri] : undefined
  expect(editor.apply(edits ?? [])).toContain(
    '      <Container>\n        <Input label="New" bind="$state.draft"/>\n      </Container>\n    </Form>',
  )
  expect(await ask(["quickfix"])).toEqual([])
})

test("an Import completes the titles and names of the other panels that are open", async () => {
  const text = '<NexusPanel title="Other"><Data><Import panel="Groceries 🍅" name=""/></Data><View/></NexusPanel>'
  const textDocument = { uri: "file:///panels/other/panel.nxml", languageId: "nxml", version: 1, text }
  await editor.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument })
  const ask = async (before: string) => {
    const position = { line: 0, character: text.indexOf(before) + before.length }
    const answer = await editor.connection.sendRequest(CompletionRequest.type, { textDocument, position })
    return (Array.isArray(answer) ? answer : []).map(({ label }) => label)
  }
  expect(await ask('panel="')).toEqual(["Groceries 🍅"])
  expect(await ask('name="')).toEqual(["items", "draft"])
})

test("a document with CRLF is answered at the same lines and columns", async () => {
  const crlf = await openEditor(SOURCE.replaceAll("\n", "\r\n"))
  const renamed = await crlf.connection.sendRequest(RenameRequest.type, {
    textDocument: { uri: crlf.uri },
    position: crlf.behind('bind="$state.dr'),
    newName: "wanted",
  })
  expect(crlf.apply(renamed?.changes?.[crlf.uri] ?? [])).toBe(
    SOURCE.replaceAll("draft", "wanted").replaceAll("\n", "\r\n"),
  )
  expect(await crlf.close()).toBe(0)
})

test("what cannot be answered is refused or answered with nothing, and the server goes on", async () => {
  const { connection } = editor
  const nowhere = { textDocument: { uri: "file:///none.nxml" }, position: { line: 0, character: 0 } }
  expect(await connection.sendRequest(HoverRequest.type, nowhere)).toBeNull()
  expect(await connection.sendRequest(HoverRequest.type, here({ line: 9999, character: 9999 }))).toBeNull()
  await expect(connection.sendRequest("textDocument/unknown", {})).rejects.toThrow(/Unhandled method/)
  await expect(connection.sendRequest(HoverRequest.method, { nonsense: true })).rejects.toThrow()
  const start = { line: 5, character: 0 }
  expect(
    await connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: editor.uri },
      range: { start, end: { line: 0, character: 0 } },
      context: { diagnostics: [] },
    }),
  ).toEqual([])
  expect(await completions(editor.behind("<Data>"))).toEqual([])
  editor.server.stdin?.write("Content-Length: 6\r\n\r\n{not:}")
  expect(await completions(editor.behind("🍅🍅 {$state."))).toHaveLength(2)
  expect(await editor.close()).toBe(0)
})

test("a document half typed is answered at every moment", async () => {
  await editor.type({ start: { line: 0, character: 0 }, end: { line: 99, character: 0 } }, "")
  for (const letter of '<NexusPanel title="x"><View><Button la') {
    await editor.type(empty({ line: 0, character: editor.text().length }), letter)
    await completions({ line: 0, character: editor.text().length })
  }
  expect((await completions({ line: 0, character: editor.text().length })).map(({ label }) => label)).toContain("label")
  expect((await editor.diagnostics()).length).toBeGreaterThan(0)
  await editor.connection.sendNotification(DidCloseTextDocumentNotification.type, {
    textDocument: { uri: editor.uri },
  })
  expect(await editor.connection.sendRequest(HoverRequest.type, here({ line: 0, character: 2 }))).toBeNull()
})

test("exit without shutdown ends with 1, and an editor that goes away leaves no server behind", async () => {
  const ended = once(editor.server, "exit")
  await editor.connection.sendNotification(ExitNotification.type)
  expect((await ended)[0]).toBe(1)

  const other = await openEditor(SOURCE)
  const gone = once(other.server, "exit")
  other.connection.end()
  expect((await gone)[0]).toBe(1)
})
