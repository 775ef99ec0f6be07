/** Why a record is not whole, in words for a person. */
const REASONS = {
  arguments: "its arguments were too large to be kept",
  large: "it was too large to be kept whole",
  gap: "a turn of it was not recorded; too many waited to be written, or the disk refused",
}

export function cutReason(why: keyof typeof REASONS): string {
  return REASONS[why]
}
