import type { Metrics } from '@libp2p/interface'
import { prometheusMetrics } from '@libp2p/prometheus-metrics'
import { Counter, Gauge, Registry } from 'prom-client'
import type { CircuitMeter } from './circuit-meter.ts'
import { METRICS } from './metric-table.ts'
import type { MetricRow, Sample } from './metric-table.ts'
import { processMetrics } from './process-metrics.ts'
import type { RelayNumbers } from './snapshot.ts'

/** What a relay's metrics are made of. */
export interface MetricsOptions {
  circuits: CircuitMeter
  build: { version: string, network: string }
  /** Asked once for each page of metrics; undefined until the relay runs. */
  numbers: () => RelayNumbers | undefined
}

/** A relay's metrics. */
export interface RelayMetrics {
  /** For libp2p's `metrics` option. */
  readonly component: (components: Parameters<ReturnType<typeof prometheusMetrics>>[0]) => Metrics
  readonly contentType: string
  /** All metrics in Prometheus's text format. */
  text(): Promise<string>
}

/**
 * Of what libp2p tells, these are left out: the listener's carry addresses as labels, and one calls a percentage bytes.
 */
const LEFT_OUT = [
  'libp2p_tcp_inbound_connections_total', 'libp2p_tcp_listener_status_info', 'libp2p_tcp_listener_errors_total',
  'libp2p_tcp_listener_events_total', 'nodejs_fs_usage_bytes'
]

/**
 * Metrics in a registry of their own. libp2p's counting of bytes by protocol is kept: it costs 0.1 to 0.5 µs a message,
 * where encryption and multiplexing take 50, and 300 bytes a stream.
 */
export function createMetrics({ circuits, build, numbers }: MetricsOptions): RelayMetrics {
  const registry = new Registry()
  let current: RelayNumbers | undefined
  for (const row of METRICS) register(registry, row, () => current)
  const buildInfo = new Gauge({ name: 'parley_relay_build_info', help: 'What runs here; always 1.', labelNames: ['version', 'node', 'network'], registers: [registry] })
  buildInfo.set({ ...build, node: process.versions.node }, 1)
  const libp2pMetrics = prometheusMetrics({ registry, collectDefaultMetrics: false })
  return {
    component: (components) => {
      const metrics = libp2pMetrics(components)
      const trackProtocolStream = metrics.trackProtocolStream.bind(metrics)
      metrics.trackProtocolStream = (stream) => {
        circuits.track(stream)
        trackProtocolStream(stream)
      }
      return metrics
    },
    contentType: registry.contentType,
    text: async () => {
      current = numbers()
      // libp2p registers some of them only when it first needs them.
      for (const name of LEFT_OUT) registry.removeSingleMetric(name)
      return Registry.merge([registry, processMetrics()]).metrics()
    }
  }
}

/** Registers a metric whose values are read when somebody asks. */
function register(registry: Registry, { name, help, labels: labelNames = [], type, read }: MetricRow, current: () => RelayNumbers | undefined): Gauge | Counter {
  const init = { name, help, labelNames: [...labelNames], registers: [registry] }
  const samples = (metric: Counter | Gauge): Sample[] => {
    const numbers = current()
    const found = numbers === undefined ? [] : read(numbers)
    metric.reset()
    // A metric without labels would be 0 again, which says that there is such a part and it does nothing.
    if (found.length === 0 && labelNames.length === 0) metric.remove()
    return found
  }
  return type === 'gauge'
    ? new Gauge({ ...init, collect() { for (const { labels = {}, value } of samples(this)) this.set(labels, value) } })
    : new Counter({ ...init, collect() { for (const { labels = {}, value } of samples(this)) this.inc(labels, value) } })
}
