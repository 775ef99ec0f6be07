export const HISTORY: Readonly<Record<string, string>> = {
  Mine: "Meine",
  "Reading what happened": "Verlauf wird gelesen",
  "Nothing was done yet": "Noch wurde nichts getan",
  "Move a panel or change a value: each step stands here, and can be looked at and taken back.":
    "Verschiebe ein Panel oder ändere einen Wert: Jeder Schritt steht dann hier und lässt sich ansehen und zurücknehmen.",
  "What was done": "Was getan wurde",
  "a step of yours": "ein Schritt von dir",
  "Redo to here": "Bis hier wiederholen",
  "You are here": "Du bist hier",
  "<b>{who}</b> {what}": "<b>{who}:</b> {what}",
  "took a step back": "einen Schritt zurückgenommen",
  "did a step again": "einen Schritt wiederholt",
  Somebody: "Jemand",
  "See the moment, {at}": "Den Moment ansehen, {at}",
  "Undo this": "Das rückgängig machen",
  "Undo to here": "Bis hier rückgängig machen",
}
