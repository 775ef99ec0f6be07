/** Words that end like a sentence, so that what is said after them is the next one. */
export function toSentence(text: string): string {
  const words = text.trim()
  return /[.!?…:;。！？]["”’»)]*$/u.test(words) ? words : `${words}.`
}
