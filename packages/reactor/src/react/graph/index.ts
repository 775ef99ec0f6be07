export { GraphDrawing } from "./GraphDrawing.tsx"
export { type GraphData, type GraphEdge, type GraphNode, relationsOf } from "./graph-data.ts"
