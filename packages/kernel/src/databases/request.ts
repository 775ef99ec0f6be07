import * as z from "zod"

/**
 * What may be asked of a workspace's database, as data: one table, columns, conditions, an order. No text of a handler
 * ever becomes SQL. SQL itself behind SQLite's authorizer was refused: a query can join a table with itself until the
 * thread is lost for hours, and Node's SQLite cannot be interrupted; what can be said here is one walk over one table.
 */

/** One spelling a table, as grants compare them; SQLite itself takes `Orders` for `orders`. */
export const TableName = z
  .string()
  .regex(/^(?!sqlite_|nexus_)[a-z][a-z0-9_]{0,62}$/, "a table's name is 1 to 63 small letters, digits and _")

const ColumnName = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,62}$/, "a column's name is 1 to 63 letters, digits and _")
export const Value = z.union(
  [z.string(), z.number(), z.boolean(), z.null()],
  "a value is text, a number, true, false or null; make others by JSON.stringify",
)
export type Value = z.infer<typeof Value>

const Comparison = z
  .strictObject({
    eq: Value,
    ne: Value,
    lt: Value,
    lte: Value,
    gt: Value,
    gte: Value,
    in: z.array(Value).max(500, "in takes at most 500 values"),
    contains: z.string().max(100, "contains takes at most 100 characters"),
    starts: z.string().max(100, "starts takes at most 100 characters"),
  })
  .partial()
  .refine((compared) => Object.keys(compared).length > 0, "a condition compares with something, such as { gt: 3 }")
export const Where = z
  .record(ColumnName, z.union([Value, Comparison], "a condition is a value or such as { gt: 3 }"))
  .refine((where) => Object.keys(where).length <= 20, "at most 20 columns are compared at once")
export type Where = z.infer<typeof Where>

const Row = z.record(ColumnName, Value).refine((row) => Object.keys(row).length <= 100, "a row has at most 100 columns")
export const Rows = z.preprocess(
  (rows) => (Array.isArray(rows) ? rows : [rows]),
  z.array(Row).min(1, "at least one row is put in").max(1000, "at most 1000 rows are put in at once"),
)
export const Change = Row.refine((row) => Object.keys(row).length > 0, "a change names at least one column")

const ColumnType = z.enum(["text", "integer", "real"], "a column is text, integer or real")
const Column = z.union([
  ColumnType.transform((type) => ({ type, required: false, unique: false })),
  z.strictObject({ type: ColumnType, required: z.boolean().default(false), unique: z.boolean().default(false) }),
])
/** Beside these every table has `id`, an integer that is given where a row brings none. */
export const Columns = z
  .record(ColumnName, Column)
  .refine((columns) => !Object.keys(columns).some((name) => name.toLowerCase() === "id"), "id is there by itself")
  .refine((columns) => Object.keys(columns).length <= 100, "a table has at most 100 columns")

export const MOST_ROWS = 1000
export const Selection = z
  .strictObject({
    columns: z.array(ColumnName).min(1).max(100).optional(),
    where: Where.default({}),
    /** Columns, the first counts most; `-price` is from high to low. */
    order: z
      .union([z.string().transform((one) => [one]), z.array(z.string()).max(4, "at most 4 columns order the rows")])
      .pipe(z.array(z.string().regex(/^-?[A-Za-z][A-Za-z0-9_]{0,62}$/, "an order is such as price or -price")))
      .default([]),
    limit: z.int().min(1).max(MOST_ROWS, `at most ${MOST_ROWS} rows are read at once; go on by offset`).default(100),
    offset: z.int().min(0).max(1e9).default(0),
  })
  .prefault({})

export type DatabaseRequest = { readonly table: string } & (
  | ({ readonly kind: "select" } & z.output<typeof Selection>)
  | { readonly kind: "count"; readonly where: Where }
  | { readonly kind: "insert"; readonly rows: z.output<typeof Rows>; readonly submission: string }
  | {
      readonly kind: "update"
      readonly where: Where
      readonly set: z.output<typeof Change>
      readonly submission: string
    }
  | { readonly kind: "delete"; readonly where: Where; readonly submission: string }
  | { readonly kind: "createTable"; readonly columns: z.output<typeof Columns> }
  | { readonly kind: "dropTable" }
)

/** What tables there are; the kernel's own question, which no handler can ask. */
export interface TablesRequest {
  readonly kind: "tables"
}

/** What the thread says: a JSON text, or why not. */
export type DatabaseAnswer =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly why: "refused" | "full" | "large" | "failed"; readonly detail: string }
