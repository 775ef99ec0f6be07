/**
 * Every word of the studio is asked for here, as an ICU message in English that is its own key: a file stays readable
 * as prose, English needs no table, and a text that has no translation is still a text. The alternative, named keys
 * (`share.title`), was refused: a reader would look up two files to know what a button says.
 *
 * A table is fetched before anything is said (this module waits for it), so texts may be constants of a module.
 */
import { IntlMessageFormat } from "intl-messageformat"
import { createElement, Fragment, type ReactNode } from "react"
import { LANGUAGE, type Language } from "./language.ts"

type Value = string | number | Date
type Values = Readonly<Record<string, Value>>
/** What stands between `<b>` and `</b>` of a message, drawn. */
type Draw = (inside: ReactNode[]) => ReactNode
/** A message with a `{` needs its values; one without has none to give. */
type Given<Text extends string, With> = Text extends `${string}{${string}` ? [values: With] : []

const { translated, recognised, ofComponents } = await tableOf(LANGUAGE)
const formats = new Map<string, IntlMessageFormat>()

/** The text in this page's language. `message`: ICU MessageFormat in English, e.g. `say("{count, plural, one {# panel} other {# panels}}", { count })`. */
export function say<const Text extends string>(message: Text, ...[values]: Given<Text, Values>): string {
  return values ? sayOf(message, values) : translated(message)
}

/** As `say`, for one English word that other languages tell apart: `sayFor("a share link", "Stop")`, kept as `Stop @ a share link`. */
export function sayFor(what: string, word: string): string {
  const key = `${word} @ ${what}`
  const said = translated(key)
  return said === key ? translated(word) : said
}

/** As `say`, for a message with elements: `sayRich("Ask <b>{name}</b> first", { name, b: (inside) => <b>{inside}</b> })`. */
export function sayRich(message: string, values: Readonly<Record<string, Value | ReactNode | Draw>>): ReactNode {
  const parts = formatOf(message).format<ReactNode>(values)
  return Array.isArray(parts) ? createElement(Fragment, null, ...parts) : parts
}

/** As `say`, for a message of another package's table, which is translated here as all others. */
export function sayOf(message: string, values: Values): string {
  return filledIn(translated(message), values) ?? String(formatOf(message).format(values))
}

/** Most messages only name their values: those are filled in without a parser, whose first use costs a frame and more. */
const ONLY_NAMES = /^(?:[^{}'<>#]|\{\w+\})*$/

function filledIn(text: string, values: Values): string | undefined {
  if (!ONLY_NAMES.test(text)) return undefined
  const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name)
  if (!names.every((name) => typeof values[name] === "string" || typeof values[name] === "number")) return undefined
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name]))
}

/** What another package said in English, in this page's language where it is known there, else as it is. */
export function sayAgain(text: string): string {
  return recognised(text)
}

function formatOf(message: string): IntlMessageFormat {
  const known = formats.get(message)
  if (known) return known
  const format = new IntlMessageFormat(translated(message), LANGUAGE)
  formats.set(message, format)
  return format
}

/** A word of a component of panels; its `{values}` are not filled in. */
export function sayOfComponent(word: string): string {
  return ofComponents(word)
}

type Translate = (text: string) => string

interface Table {
  readonly translated: Translate
  readonly recognised: Translate
  readonly ofComponents: Translate
}

function asItIs(text: string): string {
  return text
}

async function tableOf(language: Language): Promise<Table> {
  if (language === "en") return { translated: asItIs, recognised: asItIs, ofComponents: asItIs }
  const { COMPONENTS, GERMAN, OTHERS } = await import("./german.ts")
  const { recogniser } = await import("./recognise.ts")
  if (language === "de") {
    const of = (table: Readonly<Record<string, string>>) => (message: string) => table[message] ?? message
    const recognised = recogniser(Object.keys(OTHERS), of(OTHERS))
    return { translated: of(GERMAN), recognised, ofComponents: of(COMPONENTS) }
  }
  const { pseudo: accented } = await import("./pseudo.ts")
  const pseudo: Translate = (message) => accented(message.replace(/ @ .*$/, ""))
  return { translated: pseudo, recognised: recogniser(Object.keys(OTHERS), pseudo), ofComponents: pseudo }
}
