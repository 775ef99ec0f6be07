import type { ComponentDeclaration, PropDeclaration } from "./declaration.ts"
import { ICON_NAMES } from "./icon-names.ts"

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
      href: {
        type: "any",
        required: true,
        doc: "Where it goes: http, https or mailto; or a file of the workspace, which it saves.",
      },
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
  {
    name: "Image",
    doc: "A picture. Where it cannot be shown its words stand in its place.",
    props: {
      src: {
        type: "any",
        required: true,
        doc: "An http or https address, a raster picture as data:image, or a file of the workspace as File binds it.",
      },
      alt: { type: "string", doc: "What is to be seen, for people who cannot see it." },
      caption: { type: "string", doc: "Words below the picture." },
      ratio: { type: "string", doc: "Width to height, such as 16/9; the room is kept while it loads." },
      fit: {
        type: "enum",
        values: ["cover", "contain"],
        initial: "cover",
        doc: "Fills its room, or fits into it whole; with `ratio`.",
      },
    },
    events: {},
    children: "none",
    labelledBy: ["alt"],
    width: { min: 120, ideal: 320, max: 4096 },
    example: '<Image src="{$state.photo}" alt="Two hills under an evening sky" ratio="16/9" caption="The way home"/>',
    sample: {
      photo:
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAGAAAAA2BAMAAADKYYHhAAAAIVBMVEW+ZNLFccrNf8PUjbvcm7TjqKzrtqXyxJ3/7L5gVIw6OGgM8zB2AAAA0klEQVR42u3OzQ3CMAyGYa/ACqzAhQG4MEAlugASEyDOgJQFenAGAPFNSUqhsfuTxjdUeI+Rn9hE/zJaGJsFWBqbBVilWzvn1MMUCPPubAD1Ar2CphfoFXawSdaAi3j5XrDld9OgCJUcqwrZ7gXkSw1Yp0Q9f9Wg5G5VZ4X6gfrz3bN0xIOZAZsB70caBZwLPNpuGQC6PjlQYnyAMNPgMbKjiCXAWPfP+IkF8EgUx1uQnAce8XBKn9MXlDUfEsADBkGM3JqzCIbMAGYQzjIC4CfBE4A9w/k6rBACAAAAAElFTkSuQmCC",
    },
  },
  {
    name: "Icon",
    doc: "A small sign from the Lucide set. It says nothing to a screen reader unless it has a `label`.",
    props: {
      name: { type: "enum", values: ICON_NAMES, required: true, doc: "Which sign." },
      label: { type: "string", doc: "What it means, where no words stand beside it." },
      size: {
        type: "enum",
        values: ["small", "normal", "large"],
        initial: "normal",
        doc: "How large: 16, 20 or 28 pixels.",
      },
      tone,
    },
    events: {},
    children: "none",
    width: { min: 20, ideal: 20, max: 40 },
    example: '<Icon name="calendar-check" label="On the calendar" size="large" tone="good"/>',
  },
]
