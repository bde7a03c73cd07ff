import { existsSync } from 'node:fs'
import { requireChromium } from '../../scripts/chromium.ts'
import { findProgram, installOnDebian } from '../../scripts/debian.ts'
import { run } from './command.ts'

/** Namespace in which is tried what the kernel can do. */
const TRIAL = `parley-trial-${process.pid}`

/**
 * Why no lab can be built on this machine, as a sentence; undefined when one can. Installs nftables and Chromium where that is ours to do.
 */
export async function missingForLab(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'network namespaces exist on Linux only'
  if (process.getuid?.() !== 0) return 'only root makes network namespaces'
  if (findProgram(['ip']) === undefined) return 'ip (iproute2) is not installed'
  if (findProgram(['nft']) === undefined && !installOnDebian('nftables', 'for the lab\'s NATs')) return 'nft (nftables) is not installed'
  try {
    requireChromium()
  } catch (error) {
    return (error as Error).message
  }
  return missingInKernel()
}

/** Makes each kind of device and rule once: kernels and containers differ in what they have and allow. */
async function missingInKernel(): Promise<string | undefined> {
  const inside = (...args: string[]): Promise<string> => run('ip', ['-netns', TRIAL, ...args])
  const steps: Array<[what: string, make: () => Promise<unknown>]> = [
    ['network namespaces', () => run('ip', ['netns', 'add', TRIAL])],
    ['virtual cables (veth)', () => inside('link', 'add', 'left', 'type', 'veth', 'peer', 'name', 'right')],
    ['bridges', () => inside('link', 'add', 'middle', 'type', 'bridge')],
    ['forwarding of packets', () => run('ip', ['netns', 'exec', TRIAL, 'sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward'])],
    ['NAT by nftables', () => run('ip', ['netns', 'exec', TRIAL, 'nft', '-f', '-'], 'table ip t { chain c { type nat hook postrouting priority 100; masquerade fully-random; }; }')]
  ]
  try {
    for (const [what, make] of steps) {
      const failed = await make().then(() => undefined, (error: Error) => error)
      if (failed !== undefined) return `the kernel gives no ${what}: ${failed.message}`
    }
    return undefined
  } finally {
    if (existsSync(`/run/netns/${TRIAL}`)) await run('ip', ['netns', 'del', TRIAL])
  }
}
