export const EMBED: Readonly<Record<string, string>> = {
  "Open in Nexus": "In Nexus öffnen",
  "This panel is not there any more": "Dieses Panel gibt es nicht mehr",
  "It was removed where it was made. If it comes back, it is shown here again.":
    "Es wurde dort entfernt, wo es gemacht wurde. Kommt es zurück, wird es hier wieder gezeigt.",
  "As soon as somebody puts a panel there, it is shown here.":
    "Sobald jemand ein Panel dort ablegt, erscheint es hier.",
  "Nothing on the canvas yet": "Noch nichts auf der Fläche",
  "This panel cannot be read now. Its maker has to mend it.":
    "Dieses Panel lässt sich gerade nicht lesen. Wer es gemacht hat, muss es reparieren.",
  "Not live now. It goes on by itself.": "Gerade nicht live. Es geht von selbst weiter.",
  "This is not shown here any more": "Das wird hier nicht mehr gezeigt",
  "The link behind it has ended. Ask whoever put it on this page for a new one.":
    "Der Link dahinter gilt nicht mehr. Frag die Person, die es auf diese Seite gesetzt hat, nach einem neuen.",
  "This address is not whole": "Diese Adresse ist nicht vollständig",
  "What stands behind its # is missing. Copy the snippet again, to its end.":
    "Es fehlt, was hinter dem # steht. Kopier den Schnipsel noch einmal bis zum Ende.",
  "Waiting for the line": "Warten auf die Verbindung",
  "No line to Nexus now. It goes on by itself.": "Gerade keine Verbindung zu Nexus. Es geht von selbst weiter.",
}
