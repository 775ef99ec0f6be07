import type { ComponentDeclaration } from "./declaration.ts"

/** Components that show documents and data. */
export const DATA: readonly ComponentDeclaration[] = [
  {
    name: "Markdown",
    doc: "Text in GitHub's Markdown, from `content` or from the element's own text. Raw HTML is shown as text.",
    props: { content: { type: "string", doc: "The Markdown." } },
    events: {},
    children: "text",
    width: { min: 200, ideal: 560, max: 4096 },
    example: "<Markdown>**Bold** and a [link](https://example.org)</Markdown>",
  },
  {
    name: "Code",
    doc: "Text as it is written, in a fixed-width font, from `content` or from the element's own text.",
    props: {
      content: { type: "string", doc: "The code." },
      language: { type: "string", doc: "Name of the language, shown in the corner." },
    },
    events: {},
    children: "text",
    width: { min: 200, ideal: 560, max: 4096 },
    example: '<Code language="sh" content="npm start"/>',
  },
  {
    name: "Log",
    doc: "Lines in order of time, the newest last. Without `entries`: what this panel's handlers logged.",
    props: {
      entries: { type: "list", doc: "Texts, or objects { message, level, at }." },
      lines: { type: "number", initial: 100, doc: "How many of the last lines are kept on screen." },
      height: { type: "number", initial: 160, doc: "Height in pixels." },
      label: { type: "string", doc: "Heading above the lines." },
    },
    events: {},
    children: "none",
    width: { min: 240, ideal: 480, max: 4096 },
    example: '<Log label="What happened" lines="20"/>',
  },
  {
    name: "Table",
    doc: "Rows of objects in columns.",
    props: {
      rows: { type: "list", required: true, doc: "A list of objects." },
      columns: {
        type: "any",
        doc: "Column names parted by commas, or a list of names and objects { key, label, format, align }; absent: the first row's names.",
      },
      empty: { type: "string", initial: "Nothing here", doc: "Shown when there are no rows." },
      limit: { type: "number", initial: 100, doc: "The most rows shown." },
      label: { type: "string", doc: "Caption of the table." },
    },
    events: { onSelect: "A row was clicked; `$event` is the row." },
    children: "none",
    width: { min: 240, ideal: 560, max: 4096 },
    example: '<Table rows="{$state.items}" columns="title,done"/>',
  },
  {
    name: "Chart",
    doc: "Draws a list of objects or numbers.",
    props: {
      data: { type: "list", required: true, doc: "Objects with the fields named by `x` and `y`, or numbers." },
      type: { type: "enum", values: ["line", "area", "bar", "scatter"], initial: "line", doc: "The kind of drawing." },
      x: { type: "string", doc: "Field of the horizontal axis; absent: the position in the list." },
      y: { type: "any", doc: "Field of the vertical axis, or several parted by commas, or a list of names." },
      height: { type: "number", initial: 200, doc: "Height in pixels." },
      label: { type: "string", doc: "What is drawn; also its accessible name." },
    },
    events: {},
    children: "none",
    labelledBy: ["label"],
    width: { min: 240, ideal: 480, max: 4096 },
    example: '<Chart label="Per day" type="bar" data="{$state.days}" x="day" y="count"/>',
  },
]
