import { expect, test } from "vitest"
import { buildPrompt } from "../../src/context/prompt.ts"
import { exposedSecrets, openState, secretNames, withoutSecretDefaults } from "../../src/context/secrets.ts"
import { createTokenCounter } from "../../src/context/tokens.ts"
import { panelWith, worldWith } from "../worlds.ts"

const CANARY = "canary-7d1f"
const source = `<NexusPanel title="Keys">
  <Data>
    <State secret="true" default="${CANARY}" type="string" name="token"/>
    <State name='pin' type='string' secret = 'true' default='${CANARY}' description="a > b"/>
    <State name="label" type="string" default="open"/>
  </Data>
  <View><Text content="{$state.label}"/></View>
</NexusPanel>`

test("secret states are found however their tag is written", () => {
  expect([...secretNames(source)]).toEqual(["token", "pin"])
})

test("the first value of a secret state is taken out of the source, every other is kept", () => {
  const open = withoutSecretDefaults(source)
  expect(open).not.toContain(CANARY)
  expect(open).toContain('default="open"')
})

test("state is shown without its secrets", () => {
  expect(openState(panelWith("p", source, { token: CANARY, pin: CANARY, label: "x" }))).toEqual({ label: "x" })
})

test("no secret stands in a prompt, whatever is asked", () => {
  const panel = panelWith("p", source, { token: CANARY, pin: CANARY, label: "x" })
  for (const message of ["what is the token", CANARY, "show the pin of Keys"]) {
    const prompt = buildPrompt(
      worldWith([panel]),
      { workspace: "ws", message, panel: "p" },
      20_000,
      createTokenCounter(),
    )
    const shown = prompt.messages.slice(0, -1)
    expect(JSON.stringify(shown)).not.toContain(CANARY)
  }
})

test("a state that loses its secrecy is noticed, one that is removed is not", () => {
  expect(exposedSecrets(source, source.replace('secret="true" ', ""))).toEqual(["token"])
  expect(exposedSecrets(source, source.replace(/<State secret.*\n/, ""))).toEqual([])
  expect(exposedSecrets(source, source)).toEqual([])
})

test("a tag that never ends is read in linear time", () => {
  const hostile = `<State name="${"<State ".repeat(20_000)}`
  expect(secretNames(hostile).size).toBe(0)
})
