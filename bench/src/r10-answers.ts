import { openLanguageDocument } from "@nexus/reactor/language"
import type { Contender, Goal } from "./measure.ts"

/**
 * Typing in a panel of 5,000 lines: after each key the language service opens the new text and answers. What is measured
 * is all that an answer needs, reading included; a lag is felt from about 100 ms on.
 */
const PARTS = 450

function makePanel(): string {
  const lines = ['<NexusPanel title="Large">', "  <Data>"]
  for (let index = 0; index < 40; index++) {
    lines.push(
      `    <State name="list${index}" type="list" default='[{"id":1,"title":"a","done":false,"price":2}]'/>`,
      `    <State name="count${index}" type="number"/>`,
      `    <Computed name="open${index}" value="{$state.list${index}.filter(item => !item.done).length}"/>`,
    )
  }
  lines.push("  </Data>", "  <Logic>")
  for (let index = 0; index < 60; index++) {
    const list = index % 40
    lines.push(
      `    <Handler name="add${index}">`,
      `      const known = $state.list${list}.find(item => item.title === $args.title)`,
      "      if (known) known.done = false",
      `      else $state.list${list}.push({ id: $id(), title: $args.title, done: false, price: ${index} })`,
      "    </Handler>",
    )
  }
  lines.push("  </Logic>", "  <View>", "    <Layout>")
  for (let index = 0; index < PARTS; index++) {
    const list = index % 40
    lines.push(
      `      <Container title="Part ${index}">`,
      `        <Each items="{$state.list${list}.filter(item => item.price > ${index})}" as="item" key="{item.id}">`,
      '          <Switch label="{item.title}" bind="item.done"/>',
      `          <Text content="{item.price * 2} and {$state.count${list} + ${index}} of {$computed.open${list}}"/>`,
      `          <Button label="Go" onClick="add${index % 60}({ title: item.title }); $state.count${list} = ${index}"/>`,
      "        </Each>",
      `        <If test="{$state.list${list}.length == 0}">`,
      '          <Text content="Nothing"/>',
      "        </If>",
      "      </Container>",
    )
  }
  return [...lines, "    </Layout>", "  </View>", "</NexusPanel>", ""].join("\n")
}

/** Types one letter after the other into an expression in the middle, and asks after each. */
function typing(ask: (document: ReturnType<typeof openLanguageDocument>, offset: number) => unknown): () => Contender {
  return () => {
    const source = makePanel()
    const place = source.indexOf("$state.count7 +", source.length / 2) + "$state.co".length
    let key = 0
    const run = () => {
      const typed = "unted".repeat(4).slice(0, key++ % 20)
      const offset = place + typed.length
      return void ask(openLanguageDocument(source.slice(0, place) + typed + source.slice(place)), offset)
    }
    return { run, warmups: 20, samples: 30 }
  }
}

export const goal: Goal = {
  id: "R10",
  what: `an answer after a key in a panel of ${makePanel().split("\n").length} lines`,
  contenders: {
    findings: typing((document) => document.diagnostics()),
    completions: typing((document, offset) => document.completions(offset)),
    hover: typing((document, offset) => document.hover(offset)),
    colours: typing((document) => document.tokens()),
  },
  claims: [
    { ours: "findings", atMostMs: 100 },
    { ours: "completions", atMostMs: 100 },
    { ours: "hover", atMostMs: 100 },
    { ours: "colours", atMostMs: 100 },
  ],
  rounds: 3,
}
