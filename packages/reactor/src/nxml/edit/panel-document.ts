import { attributeOf, type XmlDocument } from "../document.ts"
import { parseDocument } from "../grammar.ts"
import { Problems } from "../problems.ts"
import { type Symbols, symbolsOf } from "../symbols/symbols.ts"
import { type ParsedPanel, parsePanel } from "../to-panel.ts"
import { componentsWith, type PanelOptions } from "../vocabulary.ts"

/** One source, read as far as somebody asks: its tree, its panel with what is wrong, its names. */
export class PanelDocument {
  readonly source: string
  readonly options: PanelOptions
  #xml: XmlDocument | undefined
  #wellFormed = false
  #parsed: ParsedPanel | undefined
  #symbols: Symbols | undefined

  constructor(source: string, options: PanelOptions = {}) {
    this.source = source
    this.options = options
  }

  get components() {
    return componentsWith(this.options.components)
  }

  get xml(): XmlDocument {
    if (this.#xml === undefined) {
      const problems = new Problems(this.source)
      this.#xml = parseDocument(this.source, problems, this.components)
      this.#wellFormed = problems.size === 0
    }
    return this.#xml
  }

  /** Has the source no mistake of syntax, so that its tree is just what is written? */
  get wellFormed(): boolean {
    return this.xml !== undefined && this.#wellFormed
  }

  get parsed(): ParsedPanel {
    this.#parsed ??= parsePanel(this.source, this.options)
    return this.#parsed
  }

  get symbols(): Symbols {
    this.#symbols ??= symbolsOf(this.xml, this.components)
    return this.#symbols
  }

  /** The panel's title, also where little else can be read. */
  get title(): string {
    const { root } = this.xml
    return (root && attributeOf(root, "title")?.value) ?? ""
  }
}
