import type { Page } from "playwright-core"

/** What is somebody's own on these pages: names of people, things, tiers, branches and devices, types and values, the reasons that changes were given, and what Intl formats. */
const OWN =
  /^(Busy|Branches|Market|Shopping|Errands|Begin|[Ss]ay what Add does|I name the button .*|Text.*|\{\$state.*|Nothing yet|Nightly report|Which of them\?|This|That|Is that so\?|who|cups|items: .*|string|number|list|choose|tell|wait|fail|about to fail|warn|error|at handler.*|How was it\?|other|Edited .*|(title|content)=".*"|SQLite|clickhouse|git version.*|panels\/.*nxml|<NexusPanel.*|Nexus|Owner|OW|Ada|My workspace|main|Groceries|Focus timer|Weather|This machine|Chrome on .*|English|Deutsch|.*@.*|(· )?\d.*|.* ago|now|method link.*|enterprise|(installed|created) .*|Gallery|[A-Z][a-z]{2} \d.*|(PNG|SVG|PDF|CSV|JSON|NXML))$/

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
  const plain = texts.map((text) => text.trim()).filter((text) => /[a-z]{2}/i.test(text) && !/[À-ſƀ-ɏɱẋṽ]/.test(text))
  return [...new Set(plain)].filter((text) => !OWN.test(text))
}
