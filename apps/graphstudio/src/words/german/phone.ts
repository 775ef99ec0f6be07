export const PHONE: Readonly<Record<string, string>> = {
  "Find a panel": "Ein Panel suchen",
  "Open a panel and press the bubble above it. Write @ and a name to call somebody.":
    "Öffne ein Panel und drück auf die Sprechblase darüber. Mit @ und einem Namen rufst du jemanden.",
  "Comment on this panel": "Dieses Panel kommentieren",
  "{count, plural, one {# comment} other {# comments}} on this panel":
    "{count, plural, one {# Kommentar} other {# Kommentare}} zu diesem Panel",
}
