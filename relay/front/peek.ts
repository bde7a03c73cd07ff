import type { Duplex } from 'node:stream'

/** Undefined when it ended or failed before, `silent` when nothing came in time. */
export type Peeked = number | 'silent' | undefined

/**
 * The first byte that arrives, which stays unread: whoever takes the socket over gets everything. Never rejects. The
 * socket must be fresh, with nobody listening to its data, and is not flowing afterwards either.
 */
export function peekFirstByte(socket: Duplex, timeoutMs: number): Promise<Peeked> {
  return new Promise((resolve) => {
    const finish = (result: Peeked): void => {
      clearTimeout(timer)
      socket.off('readable', look)
      socket.off('end', ended)
      socket.off('close', ended)
      resolve(result)
    }
    const ended = (): void => finish(undefined)
    const look = (): void => {
      const chunk = socket.read() as Buffer | null
      if (chunk === null) return
      socket.unshift(chunk)
      finish(chunk[0])
    }
    const timer = setTimeout(() => finish('silent'), timeoutMs)
    socket.on('readable', look)
    socket.on('end', ended)
    socket.on('close', ended)
  })
}
