import { noise } from "./noise.ts"

const DAY_MS = 86_400_000
const GOODS = [
  { id: "coffee", name: "Coffee", base: 12.4 },
  { id: "flour", name: "Flour", base: 1.1 },
  { id: "olive-oil", name: "Olive oil", base: 9.8 },
  { id: "apples", name: "Apples", base: 2.6 },
]

/** Prices of four goods at a market that does not exist, for the last 14 days. */
export function examplePrices(nowMs: number) {
  const today = Math.floor(nowMs / DAY_MS)
  const goods = GOODS.map(({ id, name, base }) => {
    const days = Array.from({ length: 14 }, (_, index) => {
      const day = today - 13 + index
      const drift = Math.sin(day / 9 + base) * 0.08 + (noise(id, day) - 0.5) * 0.06
      return {
        day: new Date(day * DAY_MS).toISOString().slice(0, 10),
        price: Math.round(base * (1 + drift) * 100) / 100,
      }
    })
    return { id, name, days, price: days[days.length - 1]?.price ?? base }
  })
  return { currency: "EUR", goods }
}
