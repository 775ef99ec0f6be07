/** The properties of the selected component, in the inspector. */
export const PROPERTIES = "nx-properties"

/** The first property takes the focus: from the panel, Enter goes there. */
export function focusProperties(): void {
  const properties = document.getElementById(PROPERTIES)
  properties?.querySelector<HTMLElement>("input, select, textarea")?.focus()
}

/** Back to the panel that is edited. */
export function focusLayer(): void {
  document.querySelector<HTMLElement>(".nx-direct")?.focus({ preventScroll: true })
}
