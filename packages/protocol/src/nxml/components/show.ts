import type { ComponentDeclaration, PropDeclaration } from "./declaration.ts"

const tone: PropDeclaration = {
  type: "enum",
  values: ["normal", "muted", "accent", "good", "warn", "bad"],
  initial: "normal",
  doc: "What the colour says.",
}

/** Components that show a value and take no input. */
export const SHOW: readonly ComponentDeclaration[] = [
  {
    name: "Text",
    doc: "Plain text.",
    props: {
      content: { type: "any", required: true, doc: "The text; any value is written as text." },
      size: { type: "enum", values: ["small", "normal", "large", "title"], initial: "normal", doc: "How large." },
      weight: { type: "enum", values: ["normal", "bold"], initial: "normal", doc: "How heavy." },
      tone,
    },
    events: {},
    children: "none",
    width: { min: 80, ideal: 240, max: 4096 },
    example: '<Text content="{$state.count} left" size="large"/>',
    sample: { count: 3 },
  },
  {
    name: "Link",
    doc: "A link to a web address; opens beside this page.",
    props: {
      href: { type: "string", required: true, doc: "Where it goes: http, https or mailto." },
      label: { type: "string", doc: "The words to click." },
    },
    events: {},
    children: "none",
    labelledBy: ["label"],
    width: { min: 60, ideal: 160, max: 480 },
    example: '<Link label="Manual" href="https://example.org/manual"/>',
    keyboard: "Tab reaches it; Enter follows it.",
  },
  {
    name: "Metric",
    doc: "One number with its label, large.",
    props: {
      label: { type: "string", doc: "What is measured." },
      value: { type: "any", required: true, doc: "The number or text." },
      unit: { type: "string", doc: "Written behind the value." },
      change: { type: "number", doc: "Difference to before; shown with its sign." },
      format: {
        type: "string",
        doc: "A pattern of the `format` helper for the value, such as `0.0`, `0%` or `€0.00`.",
      },
      tone,
    },
    events: {},
    children: "none",
    labelledBy: ["label"],
    width: { min: 120, ideal: 180, max: 360 },
    example: '<Metric label="Visitors today" value="{$state.visitors}" format="0,0" change="12"/>',
    sample: { visitors: 1284 },
  },
  {
    name: "Badge",
    doc: "A short word with a coloured ground.",
    props: { content: { type: "any", required: true, doc: "The word." }, tone },
    events: {},
    children: "none",
    width: { min: 48, ideal: 96, max: 240 },
    example: '<Badge content="late" tone="bad"/>',
  },
  {
    name: "Progress",
    doc: "A bar from 0 to `max`.",
    props: {
      value: { type: "number", required: true, doc: "How far." },
      max: { type: "number", initial: 1, doc: "The value of a full bar." },
      label: { type: "string", doc: "What progresses." },
    },
    events: {},
    children: "none",
    labelledBy: ["label"],
    width: { min: 120, ideal: 240, max: 4096 },
    example: '<Progress label="Uploaded" value="{$state.done}" max="10"/>',
    sample: { done: 7 },
  },
]
