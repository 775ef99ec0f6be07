import type { Scope } from "./scope.ts"
import type { BinaryOperator, Unary } from "./syntax.ts"
import { add, compare, numberOf } from "./values.ts"

/**
 * One node of a compiled expression: its value from the scope. It takes nothing else, because every argument is paid at
 * every node. Each operator is code of its own, and once more where its right side is a constant, so that the engine sees
 * one kind of value at each and a small expression takes few calls. Numbers go first everywhere; what is none takes the
 * slow way. One function for all operators with a `switch` inside was tried and is slower.
 */
export type Run = (scope: Scope) => unknown

/** Where an arrow's parameter stands while its body runs. */
export interface Cell {
  value: unknown
}

export function compileUnary(operator: Unary["operator"], operand: Run): Run {
  switch (operator) {
    case "!":
      return (scope) => !operand(scope)
    case "-":
      return (scope) => {
        const value = operand(scope)
        return typeof value === "number" ? -value : -numberOf(value)
      }
    case "+":
      return (scope) => numberOf(operand(scope))
    case "typeof":
      return (scope) => typeof operand(scope)
  }
}

export function compileBinary(operator: BinaryOperator, left: Run, right: Run): Run {
  switch (operator) {
    case "??":
      return (scope) => left(scope) ?? right(scope)
    case "||":
      return (scope) => left(scope) || right(scope)
    case "&&":
      return (scope) => left(scope) && right(scope)
    case "==":
      return (scope) => left(scope) === right(scope)
    case "!=":
      return (scope) => left(scope) !== right(scope)
    case "<":
      return (scope) => {
        const x = left(scope)
        const y = right(scope)
        return typeof x === "number" && typeof y === "number" ? x < y : compare(x, y) < 0
      }
    case ">":
      return (scope) => {
        const x = left(scope)
        const y = right(scope)
        return typeof x === "number" && typeof y === "number" ? x > y : compare(x, y) > 0
      }
    case "<=":
      return (scope) => {
        const x = left(scope)
        const y = right(scope)
        return typeof x === "number" && typeof y === "number" ? x <= y : compare(x, y) <= 0
      }
    case ">=":
      return (scope) => {
        const x = left(scope)
        const y = right(scope)
        return typeof x === "number" && typeof y === "number" ? x >= y : compare(x, y) >= 0
      }
    case "+":
      return (scope) => {
        const x = left(scope)
        const y = right(scope)
        return typeof x === "number" && typeof y === "number" ? x + y : add(x, y)
      }
    case "-":
      return (scope) => {
        const x = left(scope)
        const y = right(scope)
        return typeof x === "number" && typeof y === "number" ? x - y : numberOf(x) - numberOf(y)
      }
    case "*":
      return (scope) => {
        const x = left(scope)
        const y = right(scope)
        return typeof x === "number" && typeof y === "number" ? x * y : numberOf(x) * numberOf(y)
      }
    case "/":
      return (scope) => {
        const x = left(scope)
        const y = right(scope)
        return typeof x === "number" && typeof y === "number" ? x / y : numberOf(x) / numberOf(y)
      }
    case "%":
      return (scope) => {
        const x = left(scope)
        const y = right(scope)
        return typeof x === "number" && typeof y === "number" ? remainder(x, y) : numberOf(x) % numberOf(y)
      }
    case "**":
      return (scope) => numberOf(left(scope)) ** numberOf(right(scope))
  }
}

/** The same with a constant on the right; undefined where that gains nothing. */
export function compileWithConstant(operator: BinaryOperator, left: Run, right: unknown): Run | undefined {
  if (operator === "==") return compileIs(left, right)
  if (operator === "!=") return (scope) => left(scope) !== right
  return typeof right === "number" ? compileWithNumber(operator, left, right) : undefined
}

/** Texts, numbers and all else are compared by code of their own: each is quick where it sees nothing but its kind. */
function compileIs(left: Run, right: unknown): Run {
  if (typeof right === "string")
    return (scope) => {
      const x = left(scope)
      return typeof x === "string" && x === right
    }
  if (typeof right === "number")
    return (scope) => {
      const x = left(scope)
      return typeof x === "number" && x === right
    }
  return (scope) => left(scope) === right
}

function compileWithNumber(operator: BinaryOperator, left: Run, right: number): Run | undefined {
  switch (operator) {
    case "<":
      return (scope) => {
        const x = left(scope)
        return typeof x === "number" ? x < right : compare(x, right) < 0
      }
    case ">":
      return (scope) => {
        const x = left(scope)
        return typeof x === "number" ? x > right : compare(x, right) > 0
      }
    case "<=":
      return (scope) => {
        const x = left(scope)
        return typeof x === "number" ? x <= right : compare(x, right) <= 0
      }
    case ">=":
      return (scope) => {
        const x = left(scope)
        return typeof x === "number" ? x >= right : compare(x, right) >= 0
      }
    case "+":
      return (scope) => {
        const x = left(scope)
        return typeof x === "number" ? x + right : add(x, right)
      }
    case "-":
      return (scope) => {
        const x = left(scope)
        return typeof x === "number" ? x - right : numberOf(x) - right
      }
    case "*":
      return (scope) => {
        const x = left(scope)
        return typeof x === "number" ? x * right : numberOf(x) * right
      }
    case "/":
      return (scope) => {
        const x = left(scope)
        return typeof x === "number" ? x / right : numberOf(x) / right
      }
    case "%":
      return (scope) => {
        const x = left(scope)
        return typeof x === "number" ? remainder(x, right) : numberOf(x) % right
      }
    default:
      return undefined
  }
}

/** Whole numbers are divided as such; the engine calls out for all others. */
function remainder(x: number, y: number): number {
  return x >= 0 && y > 0 && (x | 0) === x && (y | 0) === y ? (x | 0) % (y | 0) : x % y
}
