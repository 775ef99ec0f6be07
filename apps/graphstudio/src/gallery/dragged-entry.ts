/** What a drag from the gallery carries: a folder's name, under a type of its own, so that no other text is taken for one. */
const TYPE = "application/x-nexus-gallery"

export function carryEntry(transfer: DataTransfer, folder: string): void {
  transfer.setData(TYPE, folder)
  transfer.effectAllowed = "copy"
}

export function carriesEntry(transfer: DataTransfer): boolean {
  return transfer.types.includes(TYPE)
}

export function carriedEntry(transfer: DataTransfer): string {
  return transfer.getData(TYPE)
}
