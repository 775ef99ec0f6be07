import type { Goal } from "./measure.ts"
import { takeTurn } from "./measure.ts"

// One turn of one contender: `node turn.ts <goal file> <contender>`; the last line of output holds its figures.
const [, , file = "", name = ""] = process.argv
const { goal }: { goal: Goal } = await import(file)
const create = goal.contenders[name]
if (create === undefined) throw new Error(`${file} has no contender "${name}"`)
console.log(JSON.stringify(await takeTurn(create)))
process.exit(0)
