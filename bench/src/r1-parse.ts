import { parsePanel } from "@nexus/reactor"
import { parse as parseVue } from "@vue/compiler-dom"
import { XMLParser } from "fast-xml-parser"
import { parseDocument } from "htmlparser2"
import { SaxesParser, type SaxesTagPlain } from "saxes"
import type { Contender, Goal } from "./measure.ts"

/**
 * A 20 KB panel to a checked Panel, against parsers that only make a tree. The sources are well-formed for all of them.
 * `new text` walks through 300 panels of which no expression or handler repeats, more than the reactor remembers;
 * `as typed` parses one panel again and again with one letter changed, which is what an editor does.
 */
export const PANELS = 300

export function makePanel(seed: number): string {
  const lines = [`<NexusPanel title="Board ${seed}" version="1.0.0" description="Measured">`, "  <Data>"]
  for (let index = 0; index < 16; index++) {
    lines.push(`    <State name="list${index}" type="list" default="[]" description="Things of kind ${index}"/>`)
    lines.push(
      `    <Computed name="open${index}" value="{$state.list${index}.filter(item => !item.done &amp;&amp; item.size > ${seed}).length}"/>`,
    )
  }
  lines.push('    <State name="draft" type="string" scope="session"/>', "  </Data>", "  <Logic>")
  for (let index = 0; index < 8; index++)
    lines.push(
      `    <Handler name="add${index}">`,
      `      if (!$args.title) throw new Error("Say what to add to ${seed}")`,
      `      $state.list${index}.push({ id: $id(), title: $args.title, size: ${seed + index}, done: false })`,
      "    </Handler>",
    )
  lines.push("  </Logic>", "  <View>", '    <Layout strategy="auto">')
  for (let index = 0; lines.join("\n").length < 20_000; index++) {
    const kind = index % 8
    lines.push(
      `      <Container title="Part ${index} of ${seed}" surface="card">`,
      `        <Metric label="Open" value="{$computed.open${kind} + ${seed}}" unit="pieces" tone="accent"/>`,
      `        <Form onSubmit="add${kind}({ title: $state.draft, part: ${seed} }); $state.draft = ''">`,
      '          <Input bind="$state.draft" placeholder="Title"/>',
      '          <Button label="Add" variant="primary"/>',
      "        </Form>",
      `        <Each items="{$state.list${kind}}" as="item" key="{item.id}">`,
      '          <Switch label="{item.title}" bind="item.done"/>',
      `          <Text content="{item.size * 2} of ${seed + index}" size="small" tone="muted"/>`,
      "        </Each>",
      "        <!-- the rest of this part is in the next one -->",
      `        <If test="{$computed.open${kind} == ${seed}}"><Text content="All done"/></If>`,
      "      </Container>",
    )
  }
  lines.push("    </Layout>", "  </View>", "</NexusPanel>", "")
  return lines.join("\n")
}

function over(parse: (source: string) => unknown): () => Contender {
  return () => {
    const panels = Array.from({ length: PANELS }, (_, index) => makePanel(index * 7))
    const [first] = panels
    if (first === undefined || parsePanel(first).diagnostics.some(({ severity }) => severity === "error"))
      throw new Error("the panel is wrong")
    let turn = 0
    const run = () => {
      parse(panels[turn++ % PANELS] ?? "")
    }
    return { run, warmups: 2 * PANELS, samples: 2 * PANELS }
  }
}

interface TreeNode {
  readonly tag: SaxesTagPlain | undefined
  readonly children: (TreeNode | string)[]
}

function saxesTree(source: string): TreeNode {
  const root: TreeNode = { tag: undefined, children: [] }
  const stack = [root]
  const parser = new SaxesParser()
  parser.on("opentag", (tag) => {
    const node: TreeNode = { tag, children: [] }
    stack.at(-1)?.children.push(node)
    stack.push(node)
  })
  parser.on("closetag", () => stack.pop())
  parser.on("text", (text) => stack.at(-1)?.children.push(text))
  parser.on("comment", (text) => stack.at(-1)?.children.push(text))
  parser.write(source).close()
  return root
}

const fast = new XMLParser({ ignoreAttributes: false, preserveOrder: true, commentPropName: "#comment" })

export const goal: Goal = {
  id: "R1",
  what: "parse a 20 KB panel, recovery and every check on",
  rounds: 3,
  contenders: {
    "new text": over(parsePanel),
    "as typed": () => {
      const source = makePanel(3)
      let turn = 0
      const run = () => {
        turn++
        parsePanel(source.replace("Say what to add", `Say what to add ${turn}`))
      }
      return { run, warmups: 400, samples: 400 }
    },
    saxes: over(saxesTree),
    htmlparser2: over((source) =>
      parseDocument(source, { xmlMode: true, withStartIndices: true, withEndIndices: true }),
    ),
    "vue compiler-dom": over((source) => parseVue(source)),
    "fast-xml-parser": over((source) => fast.parse(source)),
  },
  claims: [
    { ours: "new text", peer: "saxes", timesFaster: 1 },
    { ours: "new text", peer: "htmlparser2", timesFaster: 1.3 },
    { ours: "new text", peer: "vue compiler-dom", timesFaster: 2 },
    { ours: "new text", peer: "fast-xml-parser", timesFaster: 3.5 },
    { ours: "as typed", peer: "saxes", timesFaster: 1 },
    { ours: "as typed", peer: "htmlparser2", timesFaster: 1.3 },
    { ours: "as typed", peer: "vue compiler-dom", timesFaster: 2 },
    { ours: "as typed", peer: "fast-xml-parser", timesFaster: 3.5 },
  ],
}
