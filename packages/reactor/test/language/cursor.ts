import { type LanguageDocument, type LanguageOptions, openLanguageDocument } from "../../src/language/index.ts"

/** A document whose source had a ‸ where the cursor stands. */
export interface Opened {
  readonly document: LanguageDocument
  readonly source: string
  readonly offset: number
}

export function open(marked: string, options?: LanguageOptions): Opened {
  const offset = marked.indexOf("‸")
  if (offset < 0) throw new Error("no ‸ in the source")
  const source = marked.replace("‸", "")
  return { document: openLanguageDocument(source, options), source, offset }
}

/** A panel that holds the given rooms. */
export function panel({ data = "", logic = "", view = '<Text content="x"/>' }): string {
  return `<NexusPanel title="Test">
  <Data>
    <State name="items" type="list" description="What to buy"/>
    <State name="draft" type="string" scope="session"/>
    <State name="count" type="number" default="3"/>
    <Computed name="open" value="{$state.items.filter(i => !i.done).length}"/>
    ${data}
  </Data>
  <Logic>
    <Handler name="add">$state.items.push({ title: $args.title }); $state.count += 1</Handler>
    <Tool name="add_item" handler="add"><Arg name="title" type="string" required="true"/></Tool>
    ${logic}
  </Logic>
  <View>
    ${view}
    <Input label="New" bind="$state.draft"/>
    <Text content="{$computed.open} of {$state.count}"/>
  </View>
</NexusPanel>
`
}
