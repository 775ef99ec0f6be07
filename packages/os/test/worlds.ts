import type { Entity, PanelEntity } from "@nexus/protocol"
import type { World } from "../src/context/world.ts"

/** A panel on the canvas, as a kernel would answer it. */
export function panelWith(id: string, source: string, state: PanelEntity["properties"]["state"] = {}): PanelEntity {
  const title = /title="([^"]*)"/.exec(source)?.[1] ?? id
  const frame = { x: 0, y: 0, w: 360, h: 400 }
  return { id, kind: "panel", name: title, scope: "ws", properties: { source, frame, title, state, grants: [] } }
}

export function worldWith(panels: readonly PanelEntity[], notes: readonly Entity[] = []): World {
  return { workspace: "ws", seq: 7, panels, notes, relationships: [] }
}

export const groceries = `<NexusPanel title="Groceries">
  <Data>
    <State name="items" type="list" default="[]"/>
  </Data>
  <Logic>
    <Handler name="add">
      $state.items.push({ id: $id(), title: $args.title, done: false })
    </Handler>
  </Logic>
  <View>
    <Each items="{$state.items}" as="item" key="{item.id}">
      <Switch label="{item.title}" bind="item.done"/>
    </Each>
    <Button label="Add" onClick="add({ title: 'Milk' })"/>
  </View>
</NexusPanel>`

export const weather = `<NexusPanel title="Weather">
  <Data>
    <State name="days" type="list" default="[]"/>
  </Data>
  <View>
    <Chart label="Temperature" data="{$state.days}" x="day" y="high"/>
  </View>
</NexusPanel>`
