export const TOUR: Readonly<Record<string, string>> = {
  "Press something in a panel": "Drück etwas in einem Panel",
  "A panel is no picture: its buttons work where it lies, and everybody here sees the same at once.":
    "Ein Panel ist kein Bild: Seine Knöpfe wirken, wo es liegt, und alle hier sehen sofort dasselbe.",
  "Ask why a value is what it is": "Frag, warum ein Wert so ist, wie er ist",
  "Choose a panel by its title. Beside each of its values stands “Why?”: who or what made it so, and when.":
    "Wähle ein Panel an seinem Titel. Neben jedem seiner Werte steht „Warum?“: wer oder was ihn so gemacht hat, und wann.",
  "Add a panel from the gallery": "Füge ein Panel aus der Galerie hinzu",
  "They all work in their preview. What a panel wants to reach outside, it asks you for first.":
    "In der Vorschau funktionieren sie alle. Was ein Panel draußen erreichen will, erfragt es zuerst bei dir.",
  "Take that back": "Nimm das zurück",
  "Undo takes back your own last step, and never what somebody else did. Try anything; it can be undone.":
    "Rückgängig nimmt deinen eigenen letzten Schritt zurück, nie den von jemand anderem. Probier alles aus.",
  "Go back in time, and return": "Geh in der Zeit zurück, und kehr heim",
  "Open Time and step to an earlier change: the whole canvas turns to it. Then press “Back to now”.":
    "Öffne Zeit und geh zu einer früheren Änderung: Die ganze Fläche zeigt sie. Dann drück „Zurück ins Jetzt“.",
  "Open the palette": "Öffne die Palette",
  "Whatever the studio can do is found there by typing. If you keep one key in mind, keep this one.":
    "Alles, was das Studio kann, findest du dort durch Tippen. Wenn du dir eine Taste merkst, dann diese.",
  "Take the tour": "Rundgang machen",
  "New here?": "Neu hier?",
  "Take the three-minute tour": "Drei Minuten Rundgang",
  "No tour, thanks": "Kein Rundgang, danke",
  Tour: "Rundgang",
  "Step {at} of {of}": "Schritt {at} von {of}",
  "Skip this": "Überspringen",
  "End the tour": "Rundgang beenden",
  "That was the tour": "Das war der Rundgang",
  "You did {done} of {of} things yourself. All keys stand behind “?”, and the tour is in the palette whenever you want it again.":
    "Du hast {done} von {of} Dingen selbst gemacht. Alle Tasten stehen hinter „?“, und den Rundgang findest du jederzeit in der Palette.",
  "Done: {title}": "Erledigt: {title}",
  "Skipped: {title}": "Übersprungen: {title}",
  "Still to do: {title}": "Noch offen: {title}",
}
