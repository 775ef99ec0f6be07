export const PERMISSIONS: Readonly<Record<string, string>> = {
  Audit: "Prüfprotokoll",
  Nobody: "Niemand",
  "granted to": "· erteilt für",
  "took back from": "· widerrufen für",
  "{title} may no longer: {says}": "{title} darf nicht mehr: {says}",
  "What waits for it is told so at once.": "Was darauf wartet, erfährt es sofort.",
  "{title} may now: {says}": "{title} darf jetzt: {says}",
  "Rights of {title}": "Rechte von {title}",
  "Revoke from {title}: {says}": "Für {title} widerrufen: {says}",
  Revoke: "Widerrufen",
  "Revoke @ a right": "Entziehen",
  "Grant to {title}: {says}": "Für {title} erteilen: {says}",
  Grant: "Erteilen",
  "The panel does not declare it, so it cannot use it.":
    "Das Panel deklariert es nicht und kann es darum nicht nutzen.",
  "Granted by {name} {ago}": "Erteilt {ago} von {name}",
  "Granted {ago}": "Erteilt {ago}",
  "Asked for, not granted": "Angefragt, nicht erteilt",
  "You can look. Editors and owners grant and revoke.":
    "Du kannst ansehen. Bearbeiter und Inhaber erteilen und widerrufen Rechte.",
  "Every panel keeps to itself": "Jedes Panel bleibt für sich",
  "A panel that wants to fetch, keep, wait or ask says so with <code>Capability</code> and its reason, and a person grants it here.":
    "Ein Panel, das etwas abrufen, aufbewahren, abwarten oder fragen will, sagt das mit <code>Capability</code> und einer Begründung, und eine Person erteilt hier das Recht.",
  "What was granted and revoked": "Was erteilt und widerrufen wurde",
  Earlier: "Ältere",
  "Fetch from {scope}": "Von {scope} abrufen",
  "Fetch from any public address": "Von jeder öffentlichen Adresse abrufen",
  'Keep values in the store "{scope}"': "Werte im Speicher „{scope}“ aufbewahren",
  "Keep values in any store of the workspace": "Werte in jedem Speicher des Arbeitsbereichs aufbewahren",
  "Read the files {scope}": "Die Dateien {scope} lesen",
  "Read every file of the workspace": "Jede Datei des Arbeitsbereichs lesen",
  "Write, replace and remove the files {scope}": "Die Dateien {scope} schreiben, ersetzen und entfernen",
  "Write, replace and remove every file of the workspace":
    "Jede Datei des Arbeitsbereichs schreiben, ersetzen und entfernen",
  "Look things up in the table {scope}": "In der Tabelle {scope} nachschlagen",
  "Look things up in every table of the workspace": "In jeder Tabelle des Arbeitsbereichs nachschlagen",
  "Change, empty and remove the table {scope}": "Die Tabelle {scope} ändern, leeren und entfernen",
  "Change, empty and remove every table of the workspace":
    "Jede Tabelle des Arbeitsbereichs ändern, leeren und entfernen",
  "See what the panel {scope} shows to others": "Sehen, was das Panel {scope} anderen zeigt",
  "See what every panel of the workspace shows to others": "Sehen, was jedes Panel des Arbeitsbereichs anderen zeigt",
  "Use the tools of the panel {scope}, with that panel's own rights":
    "Die Werkzeuge des Panels {scope} verwenden, mit dessen eigenen Rechten",
  "Use the tools of every panel of the workspace, with that panel's own rights":
    "Die Werkzeuge jedes Panels des Arbeitsbereichs verwenden, mit dessen eigenen Rechten",
  "Ask the AI model {scope}; what it asks goes to the model's provider":
    "Das KI-Modell {scope} fragen; was gefragt wird, geht an den Anbieter des Modells",
  "Ask any AI model; what it asks goes to the model's provider":
    "Jedes KI-Modell fragen; was gefragt wird, geht an den Anbieter des Modells",
  "Wait and run on a schedule": "Warten und nach Zeitplan laufen",
  "Ask people and wait for the answer": "Personen fragen und auf die Antwort warten",
  "Send and hear the event {scope}": "Das Ereignis {scope} senden und hören",
  "Send and hear every event of the workspace": "Jedes Ereignis des Arbeitsbereichs senden und hören",
}
