import { journalKeepsItsWord } from "../../acceptance/journal.ts"
import { createMemoryJournal } from "../../src/storage/memory-journal.ts"

journalKeepsItsWord("memory", async () => createMemoryJournal())
