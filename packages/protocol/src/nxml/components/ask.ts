import type { ComponentDeclaration, PropDeclaration } from "./declaration.ts"

const label: PropDeclaration = { type: "string", doc: "The words beside it; its accessible name." }
const placeholder: PropDeclaration = { type: "string", doc: "Shown while it is empty." }
const disabled: PropDeclaration = { type: "boolean", initial: false, doc: "Takes no input when true." }
const required: PropDeclaration = {
  type: "boolean",
  initial: false,
  doc: "The form is not submitted while it is empty.",
}
const onChange = "The viewer changed the value; `$event` is the new value, which `bind` has already taken."

/** Components that take input. Each has `bind` (two-way) or `value` with `onChange`. */
export const ASK: readonly ComponentDeclaration[] = [
  {
    name: "Input",
    doc: "One line of text.",
    props: {
      label,
      placeholder,
      value: { type: "string", doc: "The text, where `bind` is not used." },
      type: {
        type: "enum",
        values: ["text", "search", "email", "url", "tel", "password"],
        initial: "text",
        doc: "What is typed.",
      },
      disabled,
      required,
    },
    events: { onChange, onSubmit: "Enter was pressed; `$event` is the text." },
    children: "none",
    bind: "string",
    labelledBy: ["label", "placeholder"],
    width: { min: 160, ideal: 240, max: 560 },
    example: '<Input label="Name" bind="$state.name"/>',
  },
  {
    name: "TextArea",
    doc: "Several lines of text.",
    props: {
      label,
      placeholder,
      value: { type: "string", doc: "The text, where `bind` is not used." },
      rows: { type: "number", initial: 4, doc: "Height in lines." },
      disabled,
      required,
    },
    events: { onChange },
    children: "none",
    bind: "string",
    labelledBy: ["label", "placeholder"],
    width: { min: 200, ideal: 400, max: 4096 },
    example: '<TextArea label="Notes" bind="$state.notes" rows="6"/>',
  },
  {
    name: "Number",
    doc: "A number, typed or stepped.",
    props: {
      label,
      placeholder,
      value: { type: "number", doc: "The number, where `bind` is not used." },
      min: { type: "number", doc: "The smallest allowed." },
      max: { type: "number", doc: "The largest allowed." },
      step: { type: "number", initial: 1, doc: "What one step adds." },
      disabled,
      required,
    },
    events: { onChange },
    children: "none",
    bind: "number",
    labelledBy: ["label", "placeholder"],
    width: { min: 120, ideal: 160, max: 320 },
    example: '<Number label="Guests" bind="$state.guests" min="1" max="12"/>',
  },
  {
    name: "Select",
    doc: "One of several options.",
    props: {
      label,
      placeholder,
      options: {
        type: "any",
        required: true,
        doc: "Values parted by commas, or a list of values or of { value, label }.",
      },
      value: { type: "any", doc: "The chosen value, where `bind` is not used." },
      disabled,
      required,
    },
    events: { onChange },
    children: "none",
    bind: "any",
    labelledBy: ["label", "placeholder"],
    width: { min: 140, ideal: 200, max: 400 },
    example: '<Select label="Size" bind="$state.size" options="small,medium,large"/>',
  },
  {
    name: "Checkbox",
    doc: "Yes or no, as a box to tick.",
    props: { label, value: { type: "boolean", doc: "The state, where `bind` is not used." }, disabled },
    events: { onChange },
    children: "none",
    bind: "boolean",
    labelledBy: ["label"],
    width: { min: 120, ideal: 200, max: 480 },
    example: '<Checkbox label="Done" bind="item.done"/>',
  },
  {
    name: "Switch",
    doc: "Yes or no, at once in force.",
    props: { label, value: { type: "boolean", doc: "The state, where `bind` is not used." }, disabled },
    events: { onChange },
    children: "none",
    bind: "boolean",
    labelledBy: ["label"],
    width: { min: 120, ideal: 200, max: 480 },
    example: '<Switch label="Live" bind="$state.live"/>',
  },
  {
    name: "Button",
    doc: "Runs `onClick`; inside a Form without `onClick` it submits the form.",
    props: {
      label,
      variant: {
        type: "enum",
        values: ["normal", "primary", "danger", "quiet"],
        initial: "normal",
        doc: "Its weight.",
      },
      disabled,
    },
    events: { onClick: "The button was pressed." },
    children: "none",
    labelledBy: ["label"],
    width: { min: 80, ideal: 120, max: 240 },
    example: '<Button label="Add" onClick="add({ title: $state.draft })"/>',
  },
]
