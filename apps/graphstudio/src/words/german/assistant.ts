export const ASSISTANT: Readonly<Record<string, string>> = {
  "Stopped.": "Abgebrochen.",
  "Add a clear-all button": "Füge einen Knopf „Alles leeren“ hinzu",
  "Make a panel that counts down to a date": "Mach ein Panel, das bis zu einem Datum herunterzählt",
  "Explain what this panel does": "Erkläre, was dieses Panel tut",
  "Say what should be different": "Sag, was anders sein soll",
  "The assistant reads this workspace and proposes a patch. Nothing changes before you accept it.":
    "Der Assistent liest diesen Arbeitsbereich und schlägt einen Patch vor. Es ändert sich nichts, bevor du ihn annimmst.",
  "Ask about this workspace. Only an editor can accept what it proposes.":
    "Frag etwas zu diesem Arbeitsbereich. Was der Assistent vorschlägt, können nur Bearbeiter annehmen.",
  Conversation: "Gespräch",
  "Message to the assistant": "Nachricht an den Assistenten",
  Send: "Senden",
  "Read {count, plural, one {# thing} other {# things}}, {tokens, number} tokens":
    "{count, plural, one {# Element} other {# Elemente}} gelesen, {tokens, number} Tokens",
  Thinking: "Denkt nach",
  "{tokens, number} tokens used": "{tokens, number} Tokens verbraucht",
  "{count, plural, one {# difference} other {# differences}}":
    "{count, plural, one {# Unterschied} other {# Unterschiede}}",
  Review: "Prüfen",
  Accepted: "Angenommen",
  Rejected: "Abgelehnt",
}
