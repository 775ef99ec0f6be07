/**
 * The page's fonts as styles that stand alone: each face whose letters `text` has, with its file in it. The library of
 * pictures would find them by itself, but resolves addresses by a `<base>` that this page's policy forbids.
 */
export async function fontCss(text: string): Promise<string> {
  const letters = new Set([...text].map((letter) => letter.codePointAt(0) ?? 0))
  const faces = [...document.styleSheets].flatMap((sheet) =>
    facesOf(sheet).filter(({ range }) => isUsed(range, letters)),
  )
  return (await Promise.all(faces.map(embedded))).join("\n")
}

interface Face {
  readonly css: string
  readonly range: string
  readonly base: string
}

function facesOf(sheet: CSSStyleSheet): readonly Face[] {
  const base = sheet.href ?? location.href
  return [...sheet.cssRules].flatMap((rule) =>
    rule instanceof CSSFontFaceRule
      ? [{ css: rule.cssText, range: rule.style.getPropertyValue("unicode-range"), base }]
      : [],
  )
}

/** `U+0-FF, U+131, U+4??`: is one of the letters in it? No range is all of them. */
function isUsed(range: string, letters: ReadonlySet<number>): boolean {
  if (range === "") return true
  const spans = range.split(",").map((part) => {
    const [from = "", to = from] = part.trim().replace(/^u\+/i, "").split("-")
    return [Number.parseInt(from.replaceAll("?", "0"), 16), Number.parseInt(to.replaceAll("?", "F"), 16)] as const
  })
  return [...letters].some((letter) => spans.some(([from, to]) => letter >= from && letter <= to))
}

async function embedded({ css, base }: Face): Promise<string> {
  const [whole, address] = /url\("?([^")]+)"?\)/.exec(css) ?? []
  if (!whole || !address || address.startsWith("data:")) return css
  const answer = await fetch(new URL(address, base))
  return css.replace(whole, `url("${await dataUrl(await answer.blob())}")`)
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(blob)
  })
}
