export const CONFLICTS: Readonly<Record<string, string>> = {
  "where it stands": "wo es steht",
  "the source": "der Quelltext",
  name: "Name",
  it: "es",
  "not there any more": "nicht mehr da",
  "at {left}, {top}, {width} × {height}": "bei {left}, {top}, {width} × {height}",
  "Somebody changed the same while you were away.": "Jemand hat dasselbe geändert, während du weg warst.",
  "The {what} is gone: somebody removed it while you were away.":
    "Nicht mehr da: {what}. Jemand hat das entfernt, während du weg warst.",
  "What you did while you were away was not taken.": "Was du getan hast, während du weg warst, wurde nicht übernommen.",
  "Yours is on top": "Deine Fassung gilt jetzt",
  "The browser did not let us copy": "Der Browser hat das Kopieren nicht erlaubt",
  "and {count} more": "und {count} weitere",
  "You, {ago}.": "Du, {ago}.",
  "Put mine on top": "Meine Fassung übernehmen",
  "Keep what is there": "Behalten, was da ist",
  "Let it go": "Verwerfen",
  "Copy mine": "Meine Fassung kopieren",
  "Yours can be put on top when the line is back.":
    "Deine Fassung kannst du übernehmen, sobald die Verbindung wieder da ist.",
  Yours: "Deine",
  "There now": "Jetzt da",
  "Did not fit": "Passte nicht zusammen",
  "Everything you did is in": "Alles von dir ist übernommen",
  "What you do offline is sent when the line is back. Where somebody changed the same meanwhile, both are shown here and you decide.":
    "Was du offline tust, wird gesendet, sobald die Verbindung wieder da ist. Wo jemand inzwischen dasselbe geändert hat, stehen hier beide Fassungen, und du entscheidest.",
  "{count, plural, one {One thing you did offline did not fit what others did.} other {# things you did offline did not fit what others did.}}":
    "{count, plural, one {Eine deiner Offline-Änderungen passte nicht zu dem, was andere gemacht haben.} other {# deiner Offline-Änderungen passten nicht zu dem, was andere gemacht haben.}}",
  Decide: "Entscheiden",
  "What you did here is kept nowhere else. Copy it first if you may need it.":
    "Was du hier getan hast, ist nirgends sonst aufgehoben. Kopier es vorher, falls du es noch brauchst.",
  "Let yours go?": "Deins verwerfen?",
}
