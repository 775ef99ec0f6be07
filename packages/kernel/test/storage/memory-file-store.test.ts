import { fileStoreKeepsItsWord } from "../../acceptance/file-store.ts"
import { createMemoryFileStore } from "../../src/storage/memory-file-store.ts"

fileStoreKeepsItsWord("memory", async () => createMemoryFileStore())
