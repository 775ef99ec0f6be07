import type { ComponentDeclaration, PropDeclaration } from "./declaration.ts"

const format: PropDeclaration = {
  type: "string",
  doc: "A pattern of the `format` helper for its values, such as `0.0`, `0%` or `€0.00`.",
}

/** Components that show documents and data. */
export const DATA: readonly ComponentDeclaration[] = [
  {
    name: "Markdown",
    doc: "Text in GitHub's Markdown, from `content` or from the element's own text. Raw HTML is shown as text.",
    props: { content: { type: "string", doc: "The Markdown." } },
    events: {},
    children: "text",
    width: { min: 200, ideal: 560, max: 4096 },
    example: `<Markdown>
  ### Weekly plan

  Write **what matters**, strike ~~what does not~~, link [the minutes](https://example.org/minutes).

  - [x] Agree on the agenda
  - [ ] Send the invitation

  | Topic  | Minutes |
  | ------ | ------: |
  | Budget |      20 |
  | Hiring |      15 |
</Markdown>`,
    keyboard: "Tab goes through its links, and to tables and code, which the arrow keys scroll.",
  },
  {
    name: "Code",
    doc: "Text as it is written, in a fixed-width font, from `content` or from the element's own text. JavaScript, TypeScript, JSON, XML, HTML and NXML are coloured.",
    props: {
      content: { type: "string", doc: "The code." },
      language: { type: "string", doc: "Name of the language: `js`, `ts`, `json`, `xml` …; shown above it." },
      label: { type: "string", doc: "What stands above it instead of the language, such as a file name." },
      lines: { type: "boolean", initial: false, doc: "Numbers beside the lines." },
      copy: { type: "boolean", initial: true, doc: "A button that puts the text on the clipboard." },
      height: { type: "number", doc: "The most pixels it is high before it scrolls; absent: as high as the text." },
    },
    events: {},
    children: "text",
    width: { min: 200, ideal: 560, max: 4096 },
    example: `<Code language="js" lines="true">
  export function total(items) {
    // What is not done yet
    const open = items.filter((item) => !item.done)
    return open.reduce((sum, { price }) => sum + price, 0)
  }

  console.log(total([{ price: 4.5, done: false }]), "euros")
</Code>`,
    keyboard: "Tab goes to the Copy button and to the text, which the arrow keys scroll.",
  },
  {
    name: "Log",
    doc: "Lines in order of time, the newest last. Without `entries`: what this panel's handlers logged. The newest stay in sight unless one scrolls up.",
    props: {
      entries: { type: "list", doc: "Texts, or objects { message, level, at }; `at` in milliseconds or as ISO text." },
      lines: { type: "number", initial: 100, doc: "How many of the last lines are kept on screen." },
      level: {
        type: "enum",
        values: ["debug", "info", "warn", "error"],
        initial: "debug",
        doc: "The least grave lines that are shown.",
      },
      filter: { type: "boolean", initial: false, doc: "Lets the viewer choose the level." },
      height: { type: "number", initial: 160, doc: "Height in pixels." },
      label: { type: "string", doc: "Heading above the lines." },
    },
    events: {},
    children: "none",
    width: { min: 240, ideal: 480, max: 4096 },
    example: '<Log label="What happened" filter="true" entries="{$state.entries}"/>',
    sample: {
      entries: [
        { at: "2026-03-09T08:00:01Z", level: "debug", message: "Asked prices.example.org" },
        { at: "2026-03-09T08:00:02Z", level: "info", message: "12 prices read" },
        { at: "2026-03-09T08:00:02Z", level: "warn", message: "Milk has no price, the last one is kept" },
        { at: "2026-03-09T08:05:00Z", level: "info", message: "Nothing changed" },
        { at: "2026-03-09T08:10:01Z", level: "error", message: "prices.example.org did not answer within 5 s" },
      ],
    },
    keyboard: "Arrow keys scroll the lines.",
  },
  {
    name: "Table",
    doc: "Rows of objects in columns. A heading sorts; ten thousand rows scroll smoothly.",
    props: {
      rows: { type: "list", required: true, doc: "A list of objects." },
      columns: {
        type: "any",
        doc: "Column names parted by commas, or a list of names and objects { key, label, format, align, width, sort }; absent: the first row's names.",
      },
      sortable: { type: "boolean", initial: true, doc: "Whether a press on a heading sorts by it." },
      sort: { type: "string", doc: "The column it is sorted by at first: `cost` rising, `-cost` falling." },
      filter: { type: "boolean", initial: false, doc: "A field above that filters the rows by words." },
      page: { type: "number", initial: 0, doc: "Rows on a page; 0: no pages, the rows scroll." },
      limit: { type: "number", doc: "The most rows shown at first; a button shows more. Absent: all of them." },
      height: { type: "number", initial: 480, doc: "The most pixels it is high before it scrolls." },
      selected: { type: "any", doc: "The id of the row that is marked; absent: the one chosen last." },
      empty: { type: "string", initial: "Nothing here", doc: "Shown when there are no rows." },
      label: { type: "string", doc: "Caption of the table." },
    },
    events: { onSelect: "A row was chosen by click or Enter; `$event` is the row." },
    children: "none",
    width: { min: 240, ideal: 560, max: 4096 },
    example: `<Table
  label="Expenses"
  rows="{$state.expenses}"
  columns="{[{ key: 'day', format: 'D MMM' }, 'what', { key: 'paid', align: 'center' }, { key: 'amount', format: '€0,0.00' }]}"
  sort="-amount"
  filter="true"
  onSelect="$state.chosen = $event.what"/>`,
    sample: {
      chosen: "",
      expenses: [
        { id: 1, day: "2026-03-02", what: "Train to Leipzig", paid: true, amount: 64.9 },
        { id: 2, day: "2026-03-03", what: "Hotel, two nights", paid: false, amount: 218 },
        { id: 3, day: "2026-03-03", what: "Dinner with the team", paid: true, amount: 87.4 },
        { id: 4, day: "2026-03-04", what: "Workshop room", paid: false, amount: 1240 },
        { id: 5, day: "2026-03-05", what: "Coffee", paid: true, amount: 9.8 },
      ],
    },
    keyboard:
      "Enter on a heading sorts, Shift with the arrow keys makes its column wider or narrower. With `onSelect` the arrow keys, Home and End walk the rows and Enter chooses one.",
  },
  {
    name: "Chart",
    doc: "Draws a list of objects or numbers. A press on a name in the legend switches its series off and on.",
    props: {
      data: { type: "list", required: true, doc: "Objects with the fields named by `x` and `y`, or numbers." },
      type: {
        type: "enum",
        values: ["line", "area", "bar", "scatter", "pie", "heatmap"],
        initial: "line",
        doc: "The kind of drawing.",
      },
      x: { type: "string", doc: "Field of the horizontal axis, of a pie's names; absent: the position in the list." },
      y: {
        type: "any",
        doc: "Field of the vertical axis, or several parted by commas, or a list of names; of a heatmap with `value`: the field that names a cell's row.",
      },
      value: { type: "string", doc: "Of a heatmap whose objects are single cells: the field that shades a cell." },
      stacked: { type: "boolean", initial: false, doc: "Bars or areas of several series stand on each other." },
      format,
      height: { type: "number", initial: 200, doc: "Height in pixels." },
      label: { type: "string", doc: "What is drawn; also its accessible name." },
    },
    events: {},
    children: "none",
    labelledBy: ["label"],
    width: { min: 240, ideal: 480, max: 4096 },
    example: '<Chart label="Visits per day" type="area" data="{$state.days}" x="day" y="web, app"/>',
    sample: {
      days: [
        { day: "2026-03-02", web: 120, app: 64 },
        { day: "2026-03-03", web: 148, app: 71 },
        { day: "2026-03-04", web: 132, app: 96 },
        { day: "2026-03-05", web: 181, app: 104 },
        { day: "2026-03-06", web: 210, app: 122 },
        { day: "2026-03-07", web: 96, app: 138 },
        { day: "2026-03-08", web: 88, app: 141 },
      ],
    },
    keyboard: "Arrow keys walk along the values and say them, Home and End go to the ends, Escape leaves.",
  },
  {
    name: "Graph",
    doc: "Draws nodes and the edges between them; their places are found by themselves.",
    props: {
      nodes: { type: "list", required: true, doc: "Names, or objects { id, label, tone }; tone as of Text." },
      edges: { type: "list", doc: "Objects { from, to, label }, `from` and `to` being ids of nodes." },
      direction: {
        type: "enum",
        values: ["down", "right", "up", "left"],
        initial: "down",
        doc: "Where edges lead.",
      },
      height: { type: "number", doc: "Height in pixels; absent: as high as the picture, up to 480." },
      label: { type: "string", doc: "What is drawn; also its accessible name." },
    },
    events: { onSelect: "A node was chosen by click or Enter; `$event` is the node as given." },
    children: "none",
    labelledBy: ["label"],
    width: { min: 240, ideal: 480, max: 4096 },
    example:
      '<Graph label="How an order goes" direction="right" nodes="{$state.steps}" edges="{$state.leads}" onSelect="$state.chosen = $event.id"/>',
    sample: {
      chosen: "",
      steps: [
        { id: "cart", label: "Cart" },
        { id: "pay", label: "Payment", tone: "accent" },
        { id: "pack", label: "Packing" },
        { id: "refused", label: "Refused", tone: "bad" },
        { id: "sent", label: "On its way", tone: "good" },
      ],
      leads: [
        { from: "cart", to: "pay", label: "order" },
        { from: "pay", to: "pack", label: "paid" },
        { from: "pay", to: "refused", label: "declined" },
        { from: "refused", to: "cart" },
        { from: "pack", to: "sent" },
      ],
    },
    keyboard: "Arrow keys walk the nodes, Enter chooses one, + − and 0 change how large it is shown.",
  },
]
