import { components } from "@nexus/protocol"
import type { Page } from "playwright-core"

/** What is somebody's own on these pages: what people named, wrote and were asked, and the reasons that panels give. */
const WRITTEN = String.raw`
Busy|Branches|Market|Shopping|Errands|List|Begin|Nothing yet|Nightly report|My workspace|main|other|v1
Groceries(, 1)?|Focus timer|Weather|groceries|weather|Tomatoes|Bread|Coffee|Ada|Owner|OW
Which of them|This|That|How was it|(Owner: )?Is that so|[Ss]ay what Add does|I name the button .*|Edited .*
Needs a word|Waits for tomorrow|Keeps notes|Counts the seconds .*|Fetches the sample .*|/examples/\*|about to fail`

/** What stands in sources and on the wire: names, values, properties, rights, codes of rules. */
const NAMED = String.raw`
choose|tell|wait|fail|who|cups|items.*|open|done|draft|count|notes|id coffee|cups by who
content|title|size|weight|tone|id|ask|time|kv|(title|content)=".*|\{?\$state.*|Text.*|Embed|Each|If|</?\w+.*
[a-z]+(-[a-z]+)+|at handler.*|panels/.*nxml|openid|enterprise`

/** What the device, Git, the database and Intl say; keys, kinds of files, languages in their own words. */
const GIVEN = String.raw`
SQLite|clickhouse|git version.*|Nexus|This machine|Chrome on .*|English|Deutsch|.*@.*
(· )?\d.*|.* ago|now|[A-Z][a-z]{2} \d.*|PNG|SVG|PDF|CSV|JSON|NXML|(Ctrl|Alt|Shift)( .)?`

const ownWords = `${WRITTEN}${NAMED}${GIVEN}\n${[...components.keys()].join("|")}`
const OWN = new RegExp(`^(${ownWords.trim().replaceAll("\n", "|")})$`)

/** Texts and accessible names on the page that were never asked for through `say`. Panels and code are somebody's own. */
export async function unsaid(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const own =
      ".nx-panel, .nx-sheet h3, [class*=nx-graph], .nx-tool, svg, code, kbd, pre, script, style, .cm-editor, [lang]:not(html), [translate=no]"
    const found: string[] = []
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement
      if (!element || element.closest(own)) continue
      if (node instanceof Element) {
        for (const name of ["aria-label", "title", "placeholder", "alt", "aria-description"]) {
          const text = node.getAttribute(name)
          if (text) found.push(text)
        }
      } else if (element.checkVisibility()) found.push(node.textContent ?? "")
    }
    return found
  })
  const pieces = texts.flatMap((text) => text.split(SAID)).map((text) => text.replaceAll(EDGES, ""))
  return [...new Set(pieces)].filter((text) => /[a-z]{2}/i.test(text) && !OWN.test(text))
}

/** Words that were asked for: each has an accent, and brackets stand around all. What is between them is a value, or was forgotten. */
const SAID = /\p{L}*[À-ÖØ-öø-ɏɱẋṽ]\p{L}*|[[\]·]+/u
const EDGES = /^[\s.,:;?“”"()…]+|[\s.,:;?“”"()…]+$/g
