import { ARRANGE } from "./arrange.ts"
import { ASK } from "./ask.ts"
import { DATA } from "./data.ts"
import type { ComponentDeclaration, PropDeclaration } from "./declaration.ts"
import { SHOW } from "./show.ts"

/** Every component that View may hold, by name. A component stands here exactly when the renderer can paint it. */
export const components: ReadonlyMap<string, ComponentDeclaration> = new Map(
  [...ARRANGE, ...SHOW, ...DATA, ...ASK].map((declaration) => [declaration.name, declaration]),
)

/** Props that every component takes besides its own. */
export const COMMON_PROPS: { readonly [name: string]: PropDeclaration } = {
  id: { type: "string", doc: "A name for `$view.focus` and `$view.scrollTo`." },
}
