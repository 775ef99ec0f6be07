/** The size a new sheet needs for what its preview shows: bar and air added, within reason, on the 8 px grid. */
export function sheetSize(body: Pick<HTMLElement, "scrollHeight"> | null): { readonly w: number; readonly h: number } {
  const content = body?.scrollHeight ?? 0
  const wanted = Math.ceil((content + 40 + 24) / 8) * 8
  return { w: 360, h: Math.min(640, Math.max(160, wanted)) }
}
