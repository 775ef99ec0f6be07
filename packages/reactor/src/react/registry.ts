import { elements } from "@nexus/protocol"
import type { ComponentType } from "react"
import type { ComponentProps } from "./component.ts"
import { Badge } from "./components/Badge.tsx"
import { Button } from "./components/Button.tsx"
import { Chart } from "./components/Chart.tsx"
import { Checkbox } from "./components/Checkbox.tsx"
import { Code } from "./components/Code.tsx"
import { Container } from "./components/Container.tsx"
import { DateInput } from "./components/DateInput.tsx"
import { Divider } from "./components/Divider.tsx"
import { Embed } from "./components/Embed.tsx"
import { FileInput } from "./components/FileInput.tsx"
import { Form } from "./components/Form.tsx"
import { Graph } from "./components/Graph.tsx"
import { Icon } from "./components/Icon.tsx"
import { Image } from "./components/Image.tsx"
import { Input } from "./components/Input.tsx"
import { Layout } from "./components/Layout.tsx"
import { Link } from "./components/Link.tsx"
import { Log } from "./components/Log.tsx"
import { Markdown } from "./components/Markdown.tsx"
import { Metric } from "./components/Metric.tsx"
import { NumberInput } from "./components/NumberInput.tsx"
import { Progress } from "./components/Progress.tsx"
import { Select } from "./components/Select.tsx"
import { Slider } from "./components/Slider.tsx"
import { Switch } from "./components/Switch.tsx"
import { Tab } from "./components/Tab.tsx"
import { Table } from "./components/Table.tsx"
import { Tabs } from "./components/Tabs.tsx"
import { Text } from "./components/Text.tsx"
import { TextArea } from "./components/TextArea.tsx"
import { PackageComponent } from "./PackageComponent.tsx"

const registry: ReadonlyMap<string, ComponentType<ComponentProps>> = new Map<string, ComponentType<ComponentProps>>([
  ["Badge", Badge],
  ["Button", Button],
  ["Chart", Chart],
  ["Checkbox", Checkbox],
  ["Code", Code],
  ["Container", Container],
  ["Divider", Divider],
  ["Form", Form],
  ["Graph", Graph],
  ["Input", Input],
  ["Layout", Layout],
  ["Link", Link],
  ["Log", Log],
  ["Markdown", Markdown],
  ["Metric", Metric],
  ["Number", NumberInput],
  ["Progress", Progress],
  ["Select", Select],
  ["Switch", Switch],
  ["Table", Table],
  ["Text", Text],
  ["Date", DateInput],
  ["Embed", Embed],
  ["File", FileInput],
  ["Icon", Icon],
  ["Image", Image],
  ["Slider", Slider],
  ["Tab", Tab],
  ["Tabs", Tabs],
  ["TextArea", TextArea],
])

/** The component that paints an element of the View: one of ours, else what paints those of packages. */
export function componentOf(element: string): ComponentType<ComponentProps> {
  return registry.get(element) ?? PackageComponent
}

/** The components that can be painted. */
export function paintedElements(): readonly string[] {
  return [...registry.keys()].filter((element) => !elements.has(element))
}
