import {
  Alternation,
  Alternative,
  type IProduction,
  NonTerminal,
  Option,
  Repetition,
  type Rule,
  Terminal,
} from "chevrotain"
import { expressionGrammar } from "./expression-grammar.ts"
import { nxmlGrammar } from "./nxml-grammar.ts"

/** `docs/grammar.md`, written from the grammars themselves so that it cannot say anything else. */
export function renderGrammarPage(): string {
  return `# The grammar

Written from \`packages/reactor/grammar\`, which is executable: a test holds the reader to it. Quoted words stand for
themselves, CAPITALS for a kind of word (space between words is free), \`[ ]\` for what may be left out, \`{ }\` for what
may come any number of times.

## Documents

What may stand where, and with which attributes, is declared in \`packages/protocol/src/nxml\` and shown at \`/components\`
in the studio. Text in a Handler is raw until \`</Handler\`.

\`\`\`ebnf
${rulesOf(nxmlGrammar.getGAstProductions())}
\`\`\`

## Expressions

What stands between the braces of an attribute. \`??\` stands beside \`||\` and \`&&\` only with parentheses around one of
them. Words of JavaScript that expressions have not (\`new\`, \`function\`, \`this\` …), and names such as \`constructor\`,
are refused by name.

\`\`\`ebnf
${rulesOf(expressionGrammar.getGAstProductions())}
\`\`\`
`
}

function rulesOf(rules: Record<string, Rule>): string {
  return Object.values(rules)
    .map(({ name, definition }) => `${name} = ${sequence(definition)} ;`)
    .join("\n")
}

function sequence(parts: readonly IProduction[]): string {
  return parts.map(written).join(" ")
}

function written(part: IProduction): string {
  if (part instanceof NonTerminal) return part.nonTerminalName
  if (part instanceof Terminal) {
    const { LABEL, name } = part.terminalType
    if (LABEL === undefined || LABEL === name) return name.toUpperCase()
    const words = LABEL.split(" ").map((word) => `"${word}"`)
    return words.length === 1 ? words.join() : `( ${words.join(" | ")} )`
  }
  if (part instanceof Option) return `[ ${sequence(part.definition)} ]`
  if (part instanceof Repetition) return `{ ${sequence(part.definition)} }`
  if (part instanceof Alternation) {
    return `( ${part.definition.map(written).join(" | ")} )`
  }
  if (part instanceof Alternative) return sequence(part.definition)
  throw new Error(`the page has no way to write ${JSON.stringify(part)}`)
}
