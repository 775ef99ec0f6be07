import { say } from "../words/say.ts"

/** The pages about this installation, by their names in the address. Two are for who runs it, two for everybody. */
export const OPERATOR_SECTIONS = [
  { name: "health", title: say("Health"), operators: true },
  { name: "sandboxes", title: say("Sandboxes"), operators: true },
  { name: "runs", title: say("All runs"), operators: false },
  { name: "events", title: say("Events"), operators: false },
] as const

export type OperatorSection = (typeof OPERATOR_SECTIONS)[number]["name"]
