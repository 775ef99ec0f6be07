/** Panels of a workspace whose text waits in this browser for a line; its code and database come after the first paint. */
export async function textsLeft(user: string, workspace: string): Promise<readonly string[]> {
  try {
    const { panelsWithText } = await import("./kept-texts.ts")
    return await panelsWithText(user, workspace)
  } catch {
    // A browser that gives no database keeps nothing.
    return []
  }
}
