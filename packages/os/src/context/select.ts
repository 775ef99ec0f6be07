import type { Entity, PanelEntity } from "@nexus/protocol"
import { isPanel } from "@nexus/protocol"
import { withoutSecretDefaults } from "./secrets.ts"
import type { World } from "./world.ts"

/**
 * Which entities a question is about, the most relevant first. A panel scores by the rare words it shares with the
 * question (its title counts three times its source), by lying next to the focused panel in the graph, and the focused
 * panel itself always leads. Embeddings were refused: they need a second model, and a workspace is small enough that
 * words and edges find the right panel; the same question gives the same choice every time.
 */
export interface Candidate {
  readonly entity: Entity
  readonly score: number
  readonly focused: boolean
}

export interface Question {
  readonly message: string
  readonly panel?: string | undefined
}

const TITLE_WEIGHT = 3
const NEIGHBOUR_BONUS = 1.5
/** A word counted more often than this says nothing more. */
const MANY = 5

/** Every panel and note of the world, ranked; ties keep the graph's order. */
export function select(world: World, question: Question): Candidate[] {
  const terms = termsOf(question.message)
  const entities: Entity[] = [...world.panels, ...world.notes]
  const documents = entities.map((entity) => ({ entity, counts: countTerms(entity, terms) }))
  const neighbours = neighboursOf(world, question.panel)
  const rarity = terms.map((_, index) => {
    const holders = documents.filter(({ counts }) => (counts[index] ?? 0) > 0).length
    return Math.log(1 + (documents.length - holders + 0.5) / (holders + 0.5))
  })
  return documents
    .map(({ entity, counts }): Candidate => {
      const words = counts.reduce((sum, count, index) => sum + saturated(count) * (rarity[index] ?? 0), 0)
      const score = words + (neighbours.has(entity.id) ? NEIGHBOUR_BONUS : 0)
      return { entity, score, focused: entity.id === question.panel }
    })
    .sort((a, b) => Number(b.focused) - Number(a.focused) || b.score - a.score)
}

/** The words of a message worth looking for: three letters or more, without a plural's ending. */
export function termsOf(message: string): string[] {
  const words = message.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []
  const stems = words.map((word) => (word.length > 4 && word.endsWith("s") ? word.slice(0, -1) : word))
  return [...new Set(stems)].slice(0, 60)
}

function countTerms(entity: Entity, terms: readonly string[]): number[] {
  const title = entity.name.toLowerCase()
  const body = bodyOf(entity).toLowerCase()
  return terms.map((term) => count(title, term) * TITLE_WEIGHT + count(body, term))
}

function bodyOf(entity: Entity): string {
  return isPanel(entity) ? withoutSecretDefaults(entity.properties.source) : JSON.stringify(entity.properties)
}

function count(text: string, term: string): number {
  let found = 0
  for (let at = text.indexOf(term); at >= 0 && found < MANY; at = text.indexOf(term, at + term.length)) found += 1
  return found
}

function saturated(count: number): number {
  return count / (count + 1.2)
}

/** The ids one edge away from the focused panel, in either direction. */
function neighboursOf(world: World, focus: string | undefined): ReadonlySet<string> {
  const near = new Set<string>()
  if (focus === undefined) return near
  const home = homesOf(world)
  for (const { from, to } of world.relationships) {
    const [a, b] = [home(from), home(to)]
    if (a === focus) near.add(b)
    if (b === focus) near.add(a)
  }
  near.delete(focus)
  return near
}

/** Derived entities (a state, a handler) are named `panel.name`; an edge of theirs is an edge of their panel. */
function homesOf(world: World): (id: string) => string {
  const panels = new Set(world.panels.map((panel: PanelEntity) => panel.id))
  return (id) => {
    if (panels.has(id)) return id
    const owner = id.slice(0, Math.max(0, id.indexOf(".")))
    return panels.has(owner) ? owner : id
  }
}
