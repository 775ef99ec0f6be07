import { expect, test } from "vitest"
import { looksLikeTable } from "../../src/tables/looks-like-table.ts"

test.each([
  "who\tcups\nAda\t3\nGrace\t4",
  "day;shop\n2026-03-09;Leipzig\n",
  'what,price\n"Lamp, red",34\n',
  '[{"a":1},{"a":2}]',
])("%j is a table", (text) => expect(looksLikeTable(text)).toBe(true))

test.each([
  "",
  "Dear Ada, thank you",
  "Dear Ada,\nthank you for the lamp, it is red,\nand large.",
  "https://example.org/a,b\nhttps://example.org/c,d",
  "<NexusPanel>\n<View/>\n</NexusPanel>",
  '{"version":1,\n"panels":[],\n"x":1}',
  "[1, 2]",
  "[broken, \n]",
])("%j is none", (text) => expect(looksLikeTable(text)).toBe(false))
