/** How strongly a binary operator binds. */
export const POWER: { readonly [operator: string]: number } = {
  "??": 1,
  "||": 2,
  "&&": 3,
  "==": 5,
  "===": 5,
  "!=": 5,
  "!==": 5,
  "<": 6,
  ">": 6,
  "<=": 6,
  ">=": 6,
  "+": 8,
  "-": 8,
  "*": 9,
  "/": 9,
  "%": 9,
  "**": 10,
}

/** Words of JavaScript that expressions have not, with what to do instead. */
export const REFUSED: { readonly [word: string]: string } = {
  new: "Write a literal, or do it in a handler.",
  function: "Use an arrow function as an argument.",
  class: "Do it in a handler.",
  this: "Name $state, $computed, $imports or a loop variable.",
  await: "Expressions never wait; do it in a handler.",
  async: "Expressions never wait; do it in a handler.",
  yield: "Do it in a handler.",
  delete: "Do it in a handler.",
  void: "Do it in a handler.",
  import: "Do it in a handler.",
  super: "Do it in a handler.",
  eval: "Do it in a handler.",
  instanceof: "Compare values instead.",
  in: "Use Object.keys(value).includes(name).",
  let: "Use a Computed in Data.",
  const: "Use a Computed in Data.",
  var: "Use a Computed in Data.",
  return: "An expression is its own result.",
  throw: "Do it in a handler.",
  if: "Write condition ? a : b, use <If> in View, or do it in a handler.",
  else: "Write condition ? a : b, use <If> in View, or do it in a handler.",
  for: "Use a method of the list such as map, or do it in a handler.",
  while: "Use a method of the list such as map, or do it in a handler.",
  do: "Do it in a handler.",
  switch: "Write condition ? a : b, or do it in a handler.",
  try: "Do it in a handler.",
}

export const LITERALS: ReadonlyMap<string, boolean | null | number | undefined> = new Map<
  string,
  boolean | null | number | undefined
>([
  ["true", true],
  ["false", false],
  ["null", null],
  ["undefined", undefined],
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
])
