export type { Journal } from "./journal.ts"
export { createSqliteJournal } from "./sqlite-journal.ts"
