export const LOG: Readonly<Record<string, string>> = {
  "Open the source there": "Quelltext dort öffnen",
  "line {line}": "Zeile {line}",
  Pause: "Anhalten",
  Clear: "Leeren",
  Level: "Stufe",
  Everything: "Alles",
  "Info and worse": "Ab Info",
  "Warnings and errors": "Warnungen und Fehler",
  Errors: "Fehler",
  "Paused.": "Angehalten.",
  "Paused; {count, plural, one {# line} other {# lines}} came since.":
    "Angehalten; seitdem {count, plural, one {kam # Zeile} other {kamen # Zeilen}}.",
  "Quiet so far": "Bisher ruhig",
  "What a handler says with <code>$log.info(…)</code>, and every run you start, appears here at once, with the line it was said on.":
    "Was ein Handler mit <code>$log.info(…)</code> sagt, und jeder Lauf, den du startest, erscheint sofort hier, mit der Zeile, in der es gesagt wurde.",
  "Log lines": "Protokollzeilen",
  Newest: "Neueste",
  "Look at this run, turn by turn": "Diesen Lauf Schritt für Schritt ansehen",
  Warning: "Warnung",
  Error: "Fehler",
}
