/** English that is plainly not English: every letter outside the arguments carries an accent and the whole is bracketed, a third longer, as translations tend to be. A text on screen without accents was never asked for through `say`. */
export function pseudo(message: string): string {
  return `[${accented(message)}${"·".repeat(Math.ceil(plainLength(message) / 3))}]`
}

const ACCENTS = new Map(
  Object.entries({
    a: "á",
    b: "ƀ",
    c: "ç",
    d: "ð",
    e: "é",
    f: "ƒ",
    g: "ĝ",
    h: "ĥ",
    i: "î",
    j: "ĵ",
    k: "ķ",
    l: "ļ",
    m: "ɱ",
    n: "ñ",
    o: "ö",
    p: "þ",
    q: "ɋ",
    r: "ŕ",
    s: "š",
    t: "ţ",
    u: "û",
    v: "ṽ",
    w: "ŵ",
    x: "ẋ",
    y: "ý",
    z: "ž",
  }),
)

/** Letters inside `{…}` name arguments and cases, those inside `<…>` elements; the words of a case stand one brace deeper. */
function accented(message: string): string {
  let depth = 0
  let tag = false
  let out = ""
  for (const letter of message) {
    if (letter === "{") depth++
    else if (letter === "}") depth--
    else if (letter === "<") tag = true
    else if (letter === ">") tag = false
    out += depth % 2 === 0 && !tag ? accent(letter) : letter
  }
  return out
}

function accent(letter: string): string {
  const lower = letter.toLowerCase()
  const other = ACCENTS.get(lower)
  if (!other) return letter
  return lower === letter ? other : other.toUpperCase()
}

function plainLength(message: string): number {
  return message.replaceAll(/\{[^{}]*\}|<[^>]*>/g, "").length
}
