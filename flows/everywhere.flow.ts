import { BEFORE_THE_DESK } from "./walk/before-the-desk.ts"
import { MAKING, ON_THE_DESK } from "./walk/on-the-desk.ts"
import { walk } from "./walk/walk.ts"

walk([
  ["before anybody is known", BEFORE_THE_DESK],
  ["on the desk", ON_THE_DESK],
  ["while something is made", MAKING],
])
