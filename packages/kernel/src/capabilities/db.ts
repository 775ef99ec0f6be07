import { type Json, NexusError } from "@nexus/protocol"
import type * as z from "zod"
import { Change, Columns, type DatabaseRequest, Rows, Selection, TableName, Where } from "../databases/request.ts"
import type { HostContext, Methods } from "./host-context.ts"

/**
 * `nexus.db`: tables of the workspace's own database. A grant names a table. It is for much data that is looked up; it is
 * not part of the graph, so it is neither undone nor in a version, and no component shows it by itself.
 */
export const databaseReading: Methods = {
  select: async ([table, options], context) =>
    ask(context, { kind: "select", table: named("db:read", table, context), ...taken(Selection, options) }),
  count: async ([table, where], context) =>
    ask(context, { kind: "count", table: named("db:read", table, context), where: taken(Where, where ?? {}) }),
}

export const databaseWriting: Methods = {
  insert: async ([table, rows], context) => {
    const { submission } = context
    return ask(context, {
      kind: "insert",
      table: named("db:write", table, context),
      rows: taken(Rows, rows),
      submission,
    })
  },
  update: async ([table, where, set], context) => {
    const name = named("db:write", table, context)
    const { submission } = context
    return ask(context, {
      kind: "update",
      table: name,
      where: taken(Where, where),
      set: taken(Change, set),
      submission,
    })
  },
  delete: async ([table, where], context) => {
    const { submission } = context
    return ask(context, {
      kind: "delete",
      table: named("db:write", table, context),
      where: taken(Where, where),
      submission,
    })
  },
  createTable: async ([table, columns], context) =>
    ask(context, { kind: "createTable", table: named("db:write", table, context), columns: taken(Columns, columns) }),
  dropTable: async ([table], context) => ask(context, { kind: "dropTable", table: named("db:write", table, context) }),
}

function ask({ workspace, databases }: HostContext, request: DatabaseRequest): Promise<Json> {
  return databases.ask(workspace, request)
}

function named(type: "db:read" | "db:write", table: Json | undefined, { allow }: HostContext): string {
  const name = taken(TableName, table)
  allow({ type, scope: name })
  return name
}

function taken<Shape extends z.ZodType>(shape: Shape, given: Json | undefined): z.output<Shape> {
  const read = shape.safeParse(given)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const path = issue?.path.join(".")
  throw new NexusError({ code: "invalid-input", detail: issue?.message ?? "not understood", ...(path ? { path } : {}) })
}
