import type { ComponentDeclaration } from "./declaration.ts"

/** Components that place or group other components. */
export const ARRANGE: readonly ComponentDeclaration[] = [
  {
    name: "Layout",
    doc: "Places its children. `auto` fills rows by each child's minimum, ideal and maximum width.",
    props: {
      strategy: {
        type: "enum",
        values: ["auto", "stack", "row", "grid"],
        initial: "auto",
        doc: "How children are placed.",
      },
      gap: { type: "number", initial: 12, doc: "Space between children in pixels." },
      columns: { type: "number", initial: 2, doc: "Number of columns of the grid strategy." },
    },
    events: {},
    children: "components",
    width: { min: 160, ideal: 960, max: 4096 },
    example:
      '<Layout strategy="auto"><Metric label="Open" value="3"/><Metric label="Late" value="1" tone="bad"/><Metric label="Done" value="12" tone="good"/></Layout>',
  },
  {
    name: "Container",
    doc: "Groups children in a box, with a heading where `title` is given.",
    props: {
      title: { type: "string", doc: "Heading above the children." },
      direction: {
        type: "enum",
        values: ["column", "row"],
        initial: "column",
        doc: "The way children follow each other.",
      },
      gap: { type: "number", initial: 8, doc: "Space between children in pixels." },
      surface: { type: "enum", values: ["plain", "card", "inset"], initial: "plain", doc: "How the box looks." },
    },
    events: {},
    children: "components",
    width: { min: 200, ideal: 480, max: 4096 },
    example: '<Container title="Today" surface="card"><Text content="Nothing yet"/></Container>',
  },
  {
    name: "Tabs",
    doc: "Several parts of which one shows at a time. `bind` holds the name of the open one; without it each viewer has their own.",
    props: {
      label: { type: "string", doc: "What the tabs choose between; their accessible name." },
      value: { type: "string", doc: "The name of the open tab, where `bind` is not used; absent: the first." },
    },
    events: { onChange: "The viewer opened another tab; `$event` is its name." },
    children: "components",
    holds: ["Tab"],
    bind: "string",
    labelledBy: ["label"],
    width: { min: 240, ideal: 560, max: 4096 },
    example:
      '<Tabs label="Order" bind="$state.open"><Tab name="items" label="Items" badge="3"><Text content="Milk, bread, tea"/></Tab><Tab name="address" label="Address"><Text content="12 Orchard Road"/></Tab></Tabs>',
    sample: { open: "items" },
    keyboard:
      "The arrows open the next and the previous tab, Home and End the first and the last; Tab enters the part.",
  },
  {
    name: "Tab",
    doc: "One part of Tabs. Only the open one's content is painted.",
    props: {
      label: { type: "string", required: true, doc: "The words on the tab." },
      name: { type: "string", doc: "What Tabs is bound to while this one is open; absent: the label." },
      badge: { type: "any", doc: "A short word or number beside the label." },
      disabled: { type: "boolean", initial: false, doc: "Cannot be opened when true." },
    },
    events: {},
    children: "components",
    parents: ["Tabs"],
    labelledBy: ["label"],
    width: { min: 80, ideal: 160, max: 4096 },
    example:
      '<Tabs label="Views"><Tab label="List"><Text content="As a list"/></Tab><Tab label="Map"><Text content="As a map"/></Tab></Tabs>',
  },
  {
    name: "Divider",
    doc: "A line across, with an optional label.",
    props: { label: { type: "string", doc: "Words in the line." } },
    events: {},
    children: "none",
    width: { min: 4096, ideal: 4096, max: 4096 },
    example: '<Divider label="Done"/>',
  },
  {
    name: "Form",
    doc: "Groups inputs. Enter in an input, or a Button inside that has no `onClick`, submits it.",
    props: { label: { type: "string", doc: "Accessible name of the form." } },
    events: { onSubmit: "The form was submitted." },
    children: "components",
    width: { min: 240, ideal: 480, max: 4096 },
    example:
      '<Form onSubmit="$state.added = $state.draft; $state.draft = \'\'"><Input label="Title" bind="$state.draft"/><Button label="Add"/><Text content="Added: {$state.added}" tone="muted"/></Form>',
    sample: { draft: "", added: "nothing yet" },
    keyboard: "Enter in an Input submits it.",
  },
]
