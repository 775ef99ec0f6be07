/** How wide a new sheet is, in canvas pixels. */
export const NEW_WIDTH = 360

/** The size a new sheet needs for what its preview shows: bar and air added, within reason, on the 8 px grid. */
export function sheetSize(body: Pick<HTMLElement, "scrollHeight"> | null): { readonly w: number; readonly h: number } {
  const content = body?.scrollHeight ?? 0
  const wanted = Math.ceil((content + 40 + 24) / 8) * 8
  return { w: NEW_WIDTH, h: Math.min(640, Math.max(160, wanted)) }
}
