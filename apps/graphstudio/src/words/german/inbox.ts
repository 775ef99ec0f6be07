export const INBOX: Readonly<Record<string, string>> = {
  "The panel": "Das Panel",
  "Answered “{said}”": "Mit „{said}“ geantwortet",
  "That was not answered": "Das wurde nicht beantwortet",
  "An owner of this workspace can answer it.": "Inhaber dieses Arbeitsbereichs können antworten.",
  "An editor or an owner of this workspace can answer it.":
    "Bearbeiter und Inhaber dieses Arbeitsbereichs können antworten.",
  "Everybody here can answer it.": "Alle hier können antworten.",
  "Answer to: {question}": "Antwort auf: {question}",
  "Your answer": "Deine Antwort",
  "Loading questions": "Fragen werden geladen",
  "Nobody is asked anything": "Niemand wird etwas gefragt",
  "A handler that says <code>{example}</code> waits here until somebody answers, for minutes or for weeks.":
    "Ein Handler mit <code>{example}</code> wartet hier, bis jemand antwortet, Minuten oder Wochen.",
  "Open questions": "Offene Fragen",
  Mentions: "Erwähnungen",
  "Mark as read": "Als gelesen markieren",
  "By itself": "Von selbst",
  "{count, plural, one {# more} other {# more}} in the inbox":
    "{count, plural, one {# weiteres} other {# weitere}} im Eingang",
}
