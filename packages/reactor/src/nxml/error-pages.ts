import type { DiagnosticCode } from "@nexus/protocol"

/** What one code means, told with a source that gives it and the same source put right. */
export interface ErrorPage {
  readonly title: string
  readonly meaning: string
  readonly bad: string
  readonly good: string
}

const panel = (inside: string) => `<NexusPanel title="Example">\n${inside}\n</NexusPanel>\n`
const view = (inside: string) => panel(`  <View>\n    ${inside}\n  </View>`)
const withCount = (inside: string, type = "number") =>
  panel(`  <Data>\n    <State name="count" type="${type}"/>\n  </Data>\n  <View>\n    ${inside}\n  </View>`)
const withData = (data: string, shown: string) =>
  panel(`  <Data>\n    ${data}\n  </Data>\n  <View>\n    ${shown}\n  </View>`)
const withLogic = (logic: string) =>
  panel(`  <Logic>\n    ${logic}\n  </Logic>\n  <View>\n    <Button label="Run" onClick="run()"/>\n  </View>`)

const deep = (depth: number) => view(`${"<Container>".repeat(depth)}<Text content="x"/>${"</Container>".repeat(depth)}`)

/** The source of `docs/errors`: every code that checking can give, in the order of the language's own description. */
export const ERROR_PAGES: { readonly [code in DiagnosticCode]: ErrorPage } = {
  "xml-unclosed-element": {
    title: "An element is left open",
    meaning:
      "The element has an opening tag and no closing one. It is reported where it was opened. Write `/>` at the end of the tag, or the closing tag where the element ends.",
    bad: view('<Container>\n      <Text content="Hello"/>'),
    good: view('<Container>\n      <Text content="Hello"/>\n    </Container>'),
  },
  "xml-mismatched-close": {
    title: "A closing tag closes nothing",
    meaning: "The closing tag has the name of no open element: it is misspelt or stands there by mistake.",
    bad: view('<Container>\n      <Text content="Hello"/>\n    </Contaner>'),
    good: view('<Container>\n      <Text content="Hello"/>\n    </Container>'),
  },
  "xml-missing-quote": {
    title: "A value is not in quotes",
    meaning: "Values stand between two quotes of one kind, `\"` or `'`. One of them is missing here.",
    bad: view('<Text content="Hello/>'),
    good: view('<Text content="Hello"/>'),
  },
  "xml-missing-value": {
    title: "An attribute has no value",
    meaning: "Every attribute has a value in quotes, also one that is only on or off.",
    bad: view('<Button label="Go" disabled/>'),
    good: view('<Button label="Go" disabled="true"/>'),
  },
  "xml-unclosed-tag": {
    title: "A tag has no end",
    meaning: "The tag is not ended by `>` or `/>` before the next one begins.",
    bad: view('<Text content="One"\n    <Text content="Two"/>'),
    good: view('<Text content="One"/>\n    <Text content="Two"/>'),
  },
  "xml-unclosed-comment": {
    title: "A comment has no end",
    meaning: "A comment goes from `<!--` to `-->`. Without its end it is read to the end of its line.",
    bad: view('<!-- greeting\n    <Text content="Hello"/>'),
    good: view('<!-- greeting -->\n    <Text content="Hello"/>'),
  },
  "xml-unclosed-cdata": {
    title: "A CDATA section has no end",
    meaning: "A CDATA section goes from `<![CDATA[` to `]]>`.",
    bad: view("<Markdown><![CDATA[ 1 < 2\n    </Markdown>"),
    good: view("<Markdown><![CDATA[ 1 < 2 ]]></Markdown>"),
  },
  "xml-duplicate-attribute": {
    title: "An attribute is given twice",
    meaning: "An element takes each attribute once; the first is used.",
    bad: view('<Text content="One" content="Two"/>'),
    good: view('<Text content="One Two"/>'),
  },
  "xml-unexpected-text": {
    title: "Text where only elements stand",
    meaning: "Text is shown by a component such as Text; between elements it means nothing.",
    bad: view("Hello"),
    good: view('<Text content="Hello"/>'),
  },
  "xml-unexpected-character": {
    title: "A character that means nothing there",
    meaning:
      "Inside a tag stand names and values only, and between tags a `<` begins a tag. For the character itself write `&lt;`.",
    bad: view("<Markdown>1 < 2</Markdown>"),
    good: view("<Markdown>1 &lt; 2</Markdown>"),
  },
  "xml-no-root": {
    title: "There is no panel",
    meaning: "A document is one `<NexusPanel>` element with everything inside it. None was found.",
    bad: "Hello\n",
    good: view('<Text content="Hello"/>'),
  },
  "xml-extra-root": {
    title: "There is more than one panel",
    meaning: "A document holds one root element. Make the second a panel of its own.",
    bad: `${view('<Text content="One"/>')}${view('<Text content="Two"/>')}`,
    good: view('<Text content="One"/>\n    <Text content="Two"/>'),
  },
  "unknown-element": {
    title: "An element does not stand there",
    meaning:
      "The element is misspelt, or it belongs in another room: State, Computed and Import in Data; Capability, Handler, Tool and Lifecycle in Logic; components in View.",
    bad: withData('<Stat name="count" type="number"/>', '<Text content="{$state.count}"/>'),
    good: withData('<State name="count" type="number"/>', '<Text content="{$state.count}"/>'),
  },
  "unknown-attribute": {
    title: "An element has no such attribute",
    meaning: "The attribute is misspelt or not one of this element. The hint names the nearest one.",
    bad: view('<Text content="Hello" tune="muted"/>'),
    good: view('<Text content="Hello" tone="muted"/>'),
  },
  "missing-element": {
    title: "The panel has no View",
    meaning: "Data and Logic may be absent; a View must be there, even an empty one.",
    bad: panel("  <Data>\n  </Data>"),
    good: panel("  <Data>\n  </Data>\n  <View>\n  </View>"),
  },
  "missing-attribute": {
    title: "A required attribute is absent",
    meaning: "The element says nothing without it. The hint tells what it is for.",
    bad: withData('<State name="count"/>', '<Text content="{$state.count}"/>'),
    good: withData('<State name="count" type="number"/>', '<Text content="{$state.count}"/>'),
  },
  "bad-attribute-type": {
    title: "A value is not of its type",
    meaning:
      "The attribute takes a number, true or false, one of some words, JSON of the type that was declared, or an expression in braces, and this is none.",
    bad: withData('<State name="count" type="number" default="ten"/>', '<Text content="{$state.count}"/>'),
    good: withData('<State name="count" type="number" default="10"/>', '<Text content="{$state.count}"/>'),
  },
  "duplicate-name": {
    title: "A name is declared twice",
    meaning:
      "Names are unique among the States, Computed values, Imports, Handlers and Tools of a panel, and the arguments of a Tool. It is reported at the second.",
    bad: withData(
      '<State name="count" type="number"/>\n    <State name="count" type="string"/>',
      '<Text content="{$state.count}"/>',
    ),
    good: withData(
      '<State name="count" type="number"/>\n    <State name="label" type="string"/>',
      '<Text content="{$state.label} {$state.count}"/>',
    ),
  },
  "invalid-identifier": {
    title: "This is not a name",
    meaning: "Names are 1 to 64 letters, digits and `_`, and do not start with a digit.",
    bad: withData('<State name="2nd" type="string"/>', '<Text content="Hello"/>'),
    good: withData('<State name="second" type="string"/>', '<Text content="{$state.second}"/>'),
  },
  "undefined-state": {
    title: "There is no such State, Computed or Import",
    meaning: "`$state`, `$computed` and `$imports` hold what Data declares, and this name is not declared there.",
    bad: withCount('<Text content="{$state.cuont} {$state.count}"/>'),
    good: withCount('<Text content="{$state.count}"/>'),
  },
  "undefined-name": {
    title: "A name is not known here",
    meaning:
      "Expressions know `$state`, `$computed`, `$imports`, `$panel`, the names an Each gives, and `$event` in event attributes. State is always read through `$state`.",
    bad: withCount('<Text content="{count + 1}"/>'),
    good: withCount('<Text content="{$state.count + 1}"/>'),
  },
  "undefined-handler": {
    title: "There is no such Handler",
    meaning: "An event attribute, a Tool or a Lifecycle names a handler that Logic does not declare.",
    bad: view('<Button label="Run" onClick="run()"/>'),
    good: withLogic('<Handler name="run">$log.info("ran")</Handler>'),
  },
  "undefined-component": {
    title: "There is no such component",
    meaning: "View holds the standard components and If, Else and Each. The hint names the nearest one.",
    bad: view('<Metrc label="Open" value="1"/>'),
    good: view('<Metric label="Open" value="1"/>'),
  },
  "undeclared-capability": {
    title: "A handler calls what is not declared",
    meaning:
      "Every `nexus.…` call needs a Capability of its type in Logic, and an address must lie within its scope. A person grants what is declared.",
    bad: withLogic('<Handler name="run">await nexus.http.fetch("https://example.org/a")</Handler>'),
    good: withLogic(
      '<Capability type="http" scope="https://example.org/*" reason="Reads a"/>\n    <Handler name="run">await nexus.http.fetch("https://example.org/a")</Handler>',
    ),
  },
  "computed-cycle": {
    title: "A Computed needs itself",
    meaning:
      "The value is worked out from others that are worked out from it. It is reported once, at the member declared first.",
    bad: withData(
      '<Computed name="a" value="{$computed.b + 1}"/>\n    <Computed name="b" value="{$computed.a + 1}"/>',
      '<Text content="{$computed.a}"/>',
    ),
    good: withData(
      '<Computed name="a" value="{1 + 1}"/>\n    <Computed name="b" value="{$computed.a + 1}"/>',
      '<Text content="{$computed.b}"/>',
    ),
  },
  "import-cycle": {
    title: "Panels import each other in a circle",
    meaning:
      "A panel imports its own value, or one that comes back to it through other panels. The first is seen when the source is checked, the second when it is saved.",
    bad: withData(
      '<State name="count" type="number"/>\n    <Import panel="Example" name="count" as="again"/>',
      '<Text content="{$imports.again} {$state.count}"/>',
    ),
    good: withCount('<Text content="{$state.count}"/>'),
  },
  "bind-not-assignable": {
    title: "bind names nothing that can be written",
    meaning:
      "`bind` takes the path of a State, such as `$state.name`, or a path from an Each's item, such as `item.done`, without braces. A computed value cannot be written.",
    bad: withCount('<Number label="Count" bind="$state.count + 1"/>'),
    good: withCount('<Number label="Count" bind="$state.count"/>'),
  },
  "expression-syntax": {
    title: "An expression cannot be read",
    meaning:
      "Expressions are a part of JavaScript: literals, operators, member access, pure methods and helpers. They change nothing; assignments stand in event attributes and handlers.",
    bad: withCount('<Text content="{$state.count +}"/>'),
    good: withCount('<Text content="{$state.count + 1}"/>'),
  },
  "expression-forbidden": {
    title: "An expression asks for what it may not have",
    meaning:
      "Only a value's own data can be read: `constructor`, `__proto__` and `prototype` do not exist, functions are called but never held, and only pure methods can be called.",
    bad: withCount('<Text content="{$state.count.constructor}"/>'),
    good: withCount('<Text content="{$state.count}"/>'),
  },
  "handler-syntax": {
    title: "A handler is not JavaScript",
    meaning: "The text of a Handler is the body of an async JavaScript function. The place is the line in the NXML.",
    bad: withLogic('<Handler name="run">\n      if (true {\n        $log.info("ran")\n      }\n    </Handler>'),
    good: withLogic('<Handler name="run">\n      if (true) {\n        $log.info("ran")\n      }\n    </Handler>'),
  },
  "too-large": {
    title: "The panel is too large",
    meaning:
      "A source has at most 1 MiB and 10,000 elements. Repeat with Each, keep data in State, or split the panel.",
    bad: view("<Divider/>".repeat(10_001)),
    good: view("<Divider/>"),
  },
  "too-deep": {
    title: "Elements are nested too deep",
    meaning: "Elements are nested at most 64 levels deep.",
    bad: deep(64),
    good: deep(3),
  },
  "entity-forbidden": {
    title: "Document types and entities do not exist",
    meaning:
      "NXML has no DTD, and no entities but `&lt;` `&gt;` `&amp;` `&quot;` `&apos;` and numeric ones such as `&#233;`.",
    bad: view('<Text content="One&nbsp;two"/>'),
    good: view('<Text content="One&#160;two"/>'),
  },
  "unused-state": {
    title: "Nothing uses this State",
    meaning: "A warning: no expression, binding or handler reads or writes it. Another panel may still import it.",
    bad: withCount('<Text content="Hello"/>'),
    good: withCount('<Text content="{$state.count}"/>'),
  },
  "unused-handler": {
    title: "Nothing runs this Handler",
    meaning: "A warning: no event, Tool or Lifecycle names it.",
    bad: panel(
      '  <Logic>\n    <Handler name="run">$log.info("ran")</Handler>\n  </Logic>\n  <View>\n    <Text content="Hello"/>\n  </View>',
    ),
    good: withLogic('<Handler name="run">$log.info("ran")</Handler>'),
  },
  "missing-key": {
    title: "An Each has no key",
    meaning: "A warning: without a key, what a viewer typed may jump to another item when the list changes.",
    bad: withCount('<Each items="{$state.count}" as="item"><Text content="{item.title}"/></Each>', "list"),
    good: withCount(
      '<Each items="{$state.count}" as="item" key="{item.id}"><Text content="{item.title}"/></Each>',
      "list",
    ),
  },
  "missing-label": {
    title: "A component has no label",
    meaning: "A warning: who cannot see the screen knows a control only by its label.",
    bad: withCount('<Number bind="$state.count"/>'),
    good: withCount('<Number label="Count" bind="$state.count"/>'),
  },
  "unknown-member": {
    title: "A value has no such member",
    meaning:
      "A warning: what stands before the dot is known to be text, a number, true or false, a list, or an object whose members are known, and it has none of this name. The types come from State: its `type`, and the shape of its `default`.",
    bad: withCount('<Text content="{$state.count.length} characters"/>', "string").replace(".length", ".lenght"),
    good: withCount('<Text content="{$state.count.length} characters"/>', "string"),
  },
  "unknown-method": {
    title: "A value has no such method",
    meaning:
      "A warning: the method is one of another kind of value. Lists have filter and map, text has trim and split, a number has toFixed; the expression would fail when it is shown.",
    bad: withCount('<Text content="{$state.count.filter(item => item.done).length} done"/>'),
    good: withCount('<Text content="{$state.count.filter(item => item.done).length} done"/>', "list"),
  },
  "wrong-operand": {
    title: "An operator cannot work with a value",
    meaning:
      "A warning: the sides of == are of different kinds and never equal, or a list or an object stands where a number is meant.",
    bad: withCount('<If test="{$state.count == \'0\'}"><Text content="None"/></If>'),
    good: withCount('<If test="{$state.count == 0}"><Text content="None"/></If>'),
  },
}

const LONGEST_EXAMPLE = 2000

/** The Markdown of one page of `docs/errors`. */
export function renderErrorPage(code: DiagnosticCode): string {
  const { title, meaning, bad, good } = ERROR_PAGES[code]
  const shown = bad.length > LONGEST_EXAMPLE ? `${bad.slice(0, 200)}…\n` : bad
  return `# ${code}\n\n**${title}.** ${meaning}\n\nThis gives it:\n\n\`\`\`xml\n${shown}\`\`\`\n\nThis does not:\n\n\`\`\`xml\n${good}\`\`\`\n`
}

/** Every code that checking a source can give. */
export const ERROR_CODES: readonly DiagnosticCode[] = (Object.keys(ERROR_PAGES) as DiagnosticCode[]).sort()
