import * as z from "zod"

/**
 * How every list is asked for piece by piece. A cursor is told by the answer before (`next`) and says nothing to anyone
 * but the kernel: the item it stands behind and how many were before it, so that a list that changes meanwhile is gone
 * on with where one was, not where a number points now.
 */
export const PageQuery = {
  limit: z.coerce.number<string>().int().min(1).max(1000).default(1000),
  cursor: z.string().max(400).exactOptional(),
} as const

/** For a list whose pages have a length of their own. */
export const PageCursor = { cursor: PageQuery.cursor } as const

/** Absent on the last page. The same address stands in the Link header. */
export const PageNext = { next: z.string().exactOptional() } as const
