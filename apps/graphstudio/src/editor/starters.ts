import { say } from "../words/say.ts"

/** Panels to start from: each works as it is and shows one idea. */
export interface Starter {
  readonly name: string
  readonly teaches: string
  readonly source: string
}

export const STARTERS: readonly Starter[] = [
  {
    name: say("Blank"),
    teaches: say("Three empty rooms: data, logic, view"),
    source: `<NexusPanel title="New panel" version="1.0.0">
  <Data>
  </Data>
  <Logic>
  </Logic>
  <View>
    <Layout strategy="auto">
      <Text content="Hello"/>
    </Layout>
  </View>
</NexusPanel>
`,
  },
  {
    name: say("Counter"),
    teaches: say("A state, a handler, a button"),
    source: `<NexusPanel title="Counter" version="1.0.0">
  <Data>
    <State name="count" type="number" default="0"/>
  </Data>
  <Logic>
    <Handler name="add">
      $state.count = $state.count + ($args.by ?? 1)
    </Handler>
  </Logic>
  <View>
    <Layout strategy="auto">
      <Metric label="Count" value="{$state.count}"/>
      <Button label="Add one" onClick="add({ by: 1 })"/>
      <Button label="Start again" onClick="$state.count = 0"/>
    </Layout>
  </View>
</NexusPanel>
`,
  },
  {
    name: say("List"),
    teaches: say("A shared list, a form, a computed count"),
    source: `<NexusPanel title="Things to do" version="1.0.0">
  <Data>
    <State name="items" type="list" default="[]"/>
    <State name="draft" type="string" scope="session"/>
    <Computed name="open" value="{$state.items.filter(item => !item.done).length}"/>
  </Data>
  <Logic>
    <Handler name="add">
      if (!$args.title) throw new Error("Say what there is to do")
      $state.items.push({ id: $id(), title: $args.title, done: false })
    </Handler>
  </Logic>
  <View>
    <Layout strategy="auto">
      <Metric label="To do" value="{$computed.open}"/>
      <Form onSubmit="add({ title: $state.draft }); $state.draft = ''">
        <Input label="What" bind="$state.draft" placeholder="Water the plants"/>
        <Button label="Add"/>
      </Form>
      <Each items="{$state.items}" as="item" key="{item.id}">
        <Checkbox label="{item.title}" bind="item.done"/>
      </Each>
    </Layout>
  </View>
</NexusPanel>
`,
  },
]
