import { expect, test } from "vitest"
import { HANDLER_NAMES } from "../../src/language/handler-names.ts"
import { parsePanel } from "../../src/nxml/to-panel.ts"

const calls = HANDLER_NAMES.filter(({ name }) => /^nexus\.(\w+\.\w+|sleep|ask)$/.test(name))

test.each(calls)(
  "the editor's $name is a call that the check knows, under the capability the editor names",
  ({ name, capability }) => {
    const source = `<NexusPanel title="A" version="1.0.0">
    <Logic><Capability type="${capability}" reason="Tries"/><Handler name="h">await ${name}($args.x)</Handler></Logic>
    <View><Button label="Go" onClick="h()"/></View>
  </NexusPanel>`
    expect(parsePanel(source).diagnostics.map(({ message }) => message)).toEqual([])
  },
)
