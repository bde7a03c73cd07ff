import { collectDefaultMetrics, Registry } from 'prom-client'

let registry: Registry | undefined

/**
 * Memory, processor time, open files, event loop lag and garbage collection of this process, under the names that
 * Prometheus's own libraries use. One for the whole process, because what measures the event loop runs until it ends.
 */
export function processMetrics(): Registry {
  if (registry !== undefined) return registry
  registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return registry
}
