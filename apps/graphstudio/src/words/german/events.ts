const KINDS = {
  "user registered": "Person registriert",
  "user signed in": "Person angemeldet",
  "user refused": "Person abgewiesen",
  "user signed out": "Person abgemeldet",
  "handler triggered": "Handler ausgelöst",
  "context loaded": "Kontext geladen",
  "execution started": "Lauf begonnen",
  "execution completed": "Lauf beendet",
  "host called": "Host gerufen",
  "connection opened": "Verbindung geöffnet",
  "connection closed": "Verbindung geschlossen",
  "workspace subscribed": "Arbeitsbereich geöffnet",
  "workspace unsubscribed": "Arbeitsbereich verlassen",
  "sandbox started": "Sandbox gestartet",
  "sandbox stopped": "Sandbox beendet",
  "patch proposed": "Vorschlag gemacht",
  "patch decided": "Vorschlag entschieden",
  "version committed": "Version committet",
  "version checked out": "Version geholt",
  "package installed": "Paket eingerichtet",
  "package removed": "Paket entfernt",
  "change committed": "Änderung übernommen",
  "state changed": "Zustand geändert",
} as const

/** The kinds of events that are recorded, alone and with the handler that one is about. */
export const EVENTS: Readonly<Record<string, string>> = {
  ...KINDS,
  ...Object.fromEntries(Object.entries(KINDS).map(([kind, art]) => [`${kind}: {handler}`, `${art}: {handler}`])),
  "changed {path}": "{path} geändert",
}
