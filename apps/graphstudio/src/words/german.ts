/** The studio in German: each English message and what stands for it. Missing ones are found by a test, not by a reader. */
export const GERMAN: Readonly<Record<string, string>> = {
  Assistant: "Assistent",
  Inbox: "Eingang",
  Runs: "Läufe",
  Log: "Protokoll",
  Permissions: "Rechte",
  Graph: "Graph",
  Versions: "Versionen",
  Time: "Zeit",
  Tools: "Werkzeuge",
  "New panel": "Neues Panel",
  "{count, plural, one {# open question} other {# open questions}}":
    "{count, plural, one {# offene Frage} other {# offene Fragen}}",
}
