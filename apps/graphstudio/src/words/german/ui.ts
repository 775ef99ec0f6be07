export const UI: Readonly<Record<string, string>> = {
  "just now": "gerade eben",
  "{time} tomorrow": "morgen um {time}",
  "{time} on {day}": "{day} um {time}",
  Copied: "Kopiert",
  Copy: "Kopieren",
  Close: "Schließen",
  "Close {title}": "{title} schließen",
  "Width of {title}": "Breite von {title}",
  Loading: "Wird geladen",
  "Notifications ({hotkey})": "Benachrichtigungen ({hotkey})",
  Dismiss: "Ausblenden",
}
