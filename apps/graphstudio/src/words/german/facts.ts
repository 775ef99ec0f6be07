/** A part of a panel, and what became of it between two versions. */
const PARTS = {
  state: "Zustand",
  property: "Eigenschaft",
  computed: "berechneter Wert",
  import: "Import",
  capability: "Recht",
  handler: "Handler",
  tool: "Werkzeug",
  lifecycle: "Lebenslauf",
  arg: "Argument",
} as const
const BECAME = {
  "was added": "ist neu",
  "was removed": "ist weg",
  added: "ist neu",
  changed: "ist anders",
  "is gone": "ist weg",
  "is new: {value}": "ist neu: {value}",
  "went from {before} to {after}": "war {before} und ist {after}",
  "is in another order": "ist anders geordnet",
  "gained {gained}": "hat {gained} mehr",
  "lost {lost}": "hat {lost} weniger",
  "changed {rows}": "hat {rows} geändert",
  "gained {gained}, lost {lost}": "hat {gained} mehr und {lost} weniger",
  "gained {gained}, changed {rows}": "hat {gained} mehr und {rows} geändert",
  "lost {lost}, changed {rows}": "hat {lost} weniger und {rows} geändert",
  "gained {gained}, lost {lost}, changed {rows}": "hat {gained} mehr, {lost} weniger und {rows} geändert",
} as const
const THINGS = { panel: "das Panel", section: "der Bereich", comment: "der Kommentar", concept: "der Begriff" } as const

const ofParts = Object.entries(PARTS).flatMap(([part, teil]) =>
  Object.entries(BECAME).map(([became, wurde]) => [`${part} \`{name}\` ${became}`, `${teil} \`{name}\` ${wurde}`]),
)
const ofThings = Object.entries(THINGS).flatMap(([thing, ding]) => [
  [`the ${thing} was added`, `${ding} ist neu`],
  [`the ${thing} was removed`, `${ding} ist weg`],
])

/** What a merge calls a part. */
function alone([part, teil]: readonly [string, string]): readonly [string, string] {
  return [`${part} \`{name}\``, `${teil} \`{name}\``]
}

/** What differs between two versions, and why a value is what it is, recognised by its English (`recognise.ts`). */
export const FACTS: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...ofParts, ...ofThings, ...Object.entries(PARTS).map(alone)]),
  "the {what} was added": "{what} ist neu",
  "the {what} was removed": "{what} ist weg",
  "1 row": "1 Zeile",
  "{count} rows": "{count} Zeilen",
  moved: "verschoben",
  resized: "in der Größe geändert",
  "stands elsewhere now": "steht jetzt woanders",
  "was called “{before}”": "hieß „{before}“",
  "the view changed": "die Ansicht ist anders",
  "the text of the source changed": "der Text der Quelle ist anders",
  "what is said of “{words}” changed": "was über „{words}“ gesagt ist, ist anders",
  "“{words}” was added": "„{words}“ ist neu",
  "“{words}” was removed": "„{words}“ ist weg",

  // Where two sides of a merge changed the same part of a source.
  "`{name}` of {words}": "Eigenschaft `{name}` von {words}",
  "what stands before {words}": "was vor {words} steht",
  "what stands before the panel": "was vor dem Panel steht",
  "what stands at the end of {words}": "was am Ende von {words} steht",
  "what stands at the end of the panel": "was am Ende des Panels steht",
  "the order in {words}": "Reihenfolge in {words}",
  "the order in the panel": "Reihenfolge im Panel",

  // What an entry of the audit log tells, and where somebody signed in.
  look: "ansehen",
  use: "benutzen",
  change: "ändern",
  link: "Link",
  password: "Passwort",
  provider: "verbundenes Konto",
  "this machine": "dieser Rechner",
  Assistant: "Assistent",
  Gallery: "Galerie",

  "{handler} finished in {time} ms": "{handler} endete nach {time} ms",
  "{handler} failed in {time} ms": "{handler} schlug nach {time} ms fehl",
  "{handler} waiting in {time} ms": "{handler} wartet nach {time} ms",

  "Change {seq} ({reason}) set {path}.": "Änderung {seq} ({reason}) hat {path} gesetzt.",
  "Change {seq} ({reason}) removed {path}.": "Änderung {seq} ({reason}) hat {path} entfernt.",
  "Change {seq} ({reason}) changed the list {path}.": "Änderung {seq} ({reason}) hat die Liste {path} geändert.",
  "Change {seq} ({reason}) changed {path}.": "Änderung {seq} ({reason}) hat {path} geändert.",
  "Change {seq} ({reason}) {what}.": "Änderung {seq} ({reason}): {what}.",
  'Handler "{handler}" ran.': "Handler „{handler}“ lief.",
  'Handler "{handler}" ran (turn {turn}).': "Handler „{handler}“ lief (Zug {turn}).",
  'Handler "{handler}" ran. It took {time} ms.': "Handler „{handler}“ lief {time} ms lang.",
  'Handler "{handler}" ran (turn {turn}). It took {time} ms.': "Handler „{handler}“ lief (Zug {turn}) {time} ms lang.",
  "A click or an entry in the view set it off.": "Ein Klick oder eine Eingabe in der Ansicht hat es ausgelöst.",
  "Its schedule set it off.": "Sein Zeitplan hat es ausgelöst.",
  "Opening the panel set it off.": "Das Öffnen des Panels hat es ausgelöst.",
  "Closing the panel set it off.": "Das Schließen des Panels hat es ausgelöst.",
  "A watched value changed and set it off.": "Ein beobachteter Wert hat sich geändert und es ausgelöst.",
  "Another handler called it.": "Ein anderer Handler hat ihn aufgerufen.",
  "It was used as a tool.": "Er wurde als Werkzeug benutzt.",
  "{name} did it.": "{name} war es.",
  "{name} did it. {approver} accepted it.": "{name} war es. {approver} hat es angenommen.",
  "The AI ({name}) proposed it.": "Die KI ({name}) hat es vorgeschlagen.",
  "The AI ({name}) proposed it. {approver} accepted it.":
    "Die KI ({name}) hat es vorgeschlagen. {approver} hat es angenommen.",
  "It came from Git ({name}).": "Es kam aus Git ({name}).",
  "The schedule {name} did it.": "Der Zeitplan {name} war es.",
  "The package {name} brought it.": "Das Paket {name} hat es mitgebracht.",
}
