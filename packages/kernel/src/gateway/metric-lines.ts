/** A part's numbers in Prometheus' text format; every name begins with `nexus_` and the part's own. */
export interface MetricLines {
  gauge(name: string, value: number): string[]
  /** Nothing while there are no samples. */
  counter(name: string, samples: readonly MetricSample[]): string[]
}

type MetricSample = readonly [labels: string, value: number]

export function metricLines(part: string): MetricLines {
  return {
    gauge: (name, value) => [`# TYPE nexus_${part}_${name} gauge`, `nexus_${part}_${name} ${value}`],
    counter: (name, samples) => {
      const lines = samples.map(([labels, value]) => `nexus_${part}_${name}${labels} ${value}`)
      return lines.length === 0 ? [] : [`# TYPE nexus_${part}_${name} counter`, ...lines]
    },
  }
}

export function labelled(label: string, counts: { readonly [name: string]: number }): MetricSample[] {
  return Object.entries(counts).map(([name, count]) => [`{${label}="${name}"}`, count])
}
