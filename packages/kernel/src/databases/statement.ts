import type { DatabaseRequest, Value, Where } from "./request.ts"

/** SQL with its parameters. Names in it are parsed names, everything else is a parameter. */
export interface Statement {
  readonly sql: string
  readonly values: readonly (string | number | null)[]
}

/** The statements of a request, in order; only `insert` has more than one. */
export function toStatements(request: DatabaseRequest): readonly Statement[] {
  const table = quoted(request.table)
  switch (request.kind) {
    case "select": {
      const { columns, where, order, limit, offset } = request
      const chosen = columns ? columns.map(quoted).join(", ") : "*"
      const ordered = order.map((name) => (name.startsWith("-") ? `${quoted(name.slice(1))} DESC` : quoted(name)))
      const by = [...ordered, quoted("id")].join(", ")
      const { sql, values } = whereOf(where)
      return [
        {
          sql: `SELECT ${chosen} FROM ${table}${sql} ORDER BY ${by} LIMIT ? OFFSET ?`,
          values: [...values, limit, offset],
        },
      ]
    }
    case "count": {
      const { sql, values } = whereOf(request.where)
      return [{ sql: `SELECT count(*) AS count FROM ${table}${sql}`, values }]
    }
    case "insert":
      return request.rows.map((row) => {
        const names = Object.keys(row)
        if (names.length === 0) return { sql: `INSERT INTO ${table} DEFAULT VALUES`, values: [] }
        const marks = names.map(() => "?").join(", ")
        const sql = `INSERT INTO ${table} (${names.map(quoted).join(", ")}) VALUES (${marks})`
        return { sql, values: Object.values(row).map(bound) }
      })
    case "update": {
      const { sql, values } = whereOf(request.where)
      const set = Object.keys(request.set).map((name) => `${quoted(name)} = ?`)
      return [
        {
          sql: `UPDATE ${table} SET ${set.join(", ")}${sql}`,
          values: [...Object.values(request.set).map(bound), ...values],
        },
      ]
    }
    case "delete": {
      const { sql, values } = whereOf(request.where)
      return [{ sql: `DELETE FROM ${table}${sql}`, values }]
    }
    case "createTable": {
      const columns = Object.entries(request.columns).map(
        ([name, { type, required, unique }]) =>
          `${quoted(name)} ${type.toUpperCase()}${required ? " NOT NULL" : ""}${unique ? " UNIQUE" : ""}`,
      )
      const all = [`"id" INTEGER PRIMARY KEY`, ...columns].join(", ")
      return [{ sql: `CREATE TABLE IF NOT EXISTS ${table} (${all}) STRICT`, values: [] }]
    }
    case "dropTable":
      return [{ sql: `DROP TABLE IF EXISTS ${table}`, values: [] }]
  }
}

const OPERATORS = { eq: "IS", ne: "IS NOT", lt: "<", lte: "<=", gt: ">", gte: ">=" } as const

function whereOf(where: Where): Statement {
  const terms: string[] = []
  const values: (string | number | null)[] = []
  const add = (term: string, ...given: readonly Value[]) => {
    terms.push(term)
    values.push(...given.map(bound))
  }
  for (const [name, condition] of Object.entries(where)) {
    const column = quoted(name)
    if (condition === null || typeof condition !== "object") {
      add(`${column} IS ?`, condition)
      continue
    }
    const { in: among, contains, starts, ...compared } = condition
    for (const [operator, value] of Object.entries(compared))
      if (value !== undefined) add(`${column} ${OPERATORS[operator as keyof typeof OPERATORS]} ?`, value)
    if (among) add(`${column} IN (${among.map(() => "?").join(", ")})`, ...among)
    if (contains !== undefined) add(`instr(${column}, ?) > 0`, contains)
    if (starts !== undefined) add(`substr(${column}, 1, ?) = ?`, [...starts].length, starts)
  }
  return { sql: terms.length > 0 ? ` WHERE ${terms.join(" AND ")}` : "", values }
}

function bound(value: Value): string | number | null {
  return typeof value === "boolean" ? Number(value) : value
}

/** Names are parsed before they come here; a quote in one would end this thread's trust in that. */
function quoted(name: string): string {
  if (!/^\w+$/.test(name)) throw new Error(`${JSON.stringify(name)} is no name`)
  return `"${name}"`
}
