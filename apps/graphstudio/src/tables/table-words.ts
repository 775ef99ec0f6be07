import { sentence } from "../connect/sentence.ts"
import { say } from "../words/say.ts"
import type { ColumnType } from "./column-type.ts"
import { NoTable } from "./read-json.ts"
import { TooLarge } from "./read-table.ts"
import type { TableProblem } from "./table-data.ts"
import type { ChartChoice, ChartKind } from "./table-panel.ts"

export const TYPE_WORDS: Readonly<Record<ColumnType, string>> = {
  text: say("Text"),
  number: say("Number"),
  date: say("Date"),
  yesno: say("Yes or no"),
}

export const KIND_WORDS: Readonly<Record<ChartKind, string>> = {
  bar: say("Bars"),
  line: say("Line"),
  area: say("Area"),
  pie: say("Pie"),
  scatter: say("Points"),
}

export const WAY_WORDS: Readonly<Record<ChartChoice["how"], string>> = {
  rows: say("Every row"),
  sum: say("Sum"),
  average: say("Average"),
  count: say("Count of rows"),
}

export const DELIMITER_WORDS: Readonly<Record<string, string>> = {
  ",": say("Comma"),
  ";": say("Semicolon"),
  "\t": say("Tab"),
  "|": say("Upright line"),
}

/** What is odd about a line of the file. */
export function problemInWords({ line, kind }: TableProblem): string {
  switch (kind) {
    case "few":
      return say("Line {line} has fewer cells than there are columns; the rest is empty.", { line })
    case "many":
      return say("Line {line} has more cells than there are columns; the rest is left out.", { line })
    case "quote":
      return say(
        "Line {line} has a quotation mark that does not fit: it is opened and not closed, or stands within a word.",
        {
          line,
        },
      )
  }
}

/** Why a file did not become a table, and what to do. */
export function failureInWords(error: unknown): string {
  if (error instanceof TooLarge) {
    return say("This file is too large: up to {most} MB can be read here. Take a part of it.", { most: error.mostMb })
  }
  if (error instanceof NoTable) {
    return error.line === undefined
      ? say("There is no table in it. Give lines with separators, or JSON with a list of rows.")
      : say("It stops being JSON in line {line}. Mend that line and choose the file again.", { line: error.line })
  }
  return sentence(error)
}
