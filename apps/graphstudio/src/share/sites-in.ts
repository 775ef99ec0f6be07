/** The sites a person wrote, one in a line or apart by commas, as the kernel takes them: in small letters, without a slash at the end. */
export function sitesIn(text: string): readonly string[] {
  const written = text.split(/[\s,]+/).map((site) => site.toLowerCase().replace(/\/$/, ""))
  return [...new Set(written.filter(Boolean))]
}
