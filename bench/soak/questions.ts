/** Questions and answers between a process and the children it started, over Node's own IPC channel. */
import type { ChildProcess } from 'node:child_process'

interface Question { id: number, name: string, value: unknown }
interface Answer { id: number, value?: unknown, error?: string }

/** What a child can be asked, by name. Values travel as JSON. */
export type Answers = Record<string, (value: never) => unknown>

/** Answers the parent's questions for as long as this process lives. When the parent dies, this process ends as well. */
export function answerQuestions(answers: Answers): void {
  process.on('message', (message) => {
    const { id, name, value } = message as Question
    void answer(answers[name], value).then((result) => { if (process.connected) process.send?.({ id, ...result } satisfies Answer) })
  })
  process.on('disconnect', () => process.exit())
}

async function answer(give: ((value: never) => unknown) | undefined, value: unknown): Promise<Omit<Answer, 'id'>> {
  if (give === undefined) return { error: 'an unknown question' }
  try {
    return { value: await give(value as never) }
  } catch (error) {
    return { error: String(error) }
  }
}

/**
 * Returns a function that asks the child. Its promises reject with what went wrong in the child, or when the child ends
 * before it has answered.
 */
export function questionsFor(child: ChildProcess): <Value>(name: string, value?: unknown) => Promise<Value> {
  const open = new Map<number, PromiseWithResolvers<unknown>>()
  let last = 0
  child.on('message', (message) => {
    const { id, value, error } = message as Answer
    const waiting = open.get(id)
    open.delete(id)
    if (error === undefined) waiting?.resolve(value)
    else waiting?.reject(new Error(error))
  })
  child.on('exit', (code, signal) => {
    for (const waiting of open.values()) waiting.reject(new Error(`the process ended (${signal ?? code}) before it answered`))
    open.clear()
  })
  return async <Value>(name: string, value?: unknown) => {
    const waiting = Promise.withResolvers<unknown>()
    const id = ++last
    open.set(id, waiting)
    child.send({ id, name, value } satisfies Question, (error) => {
      if (error === null || !open.delete(id)) return
      waiting.reject(error)
    })
    return await waiting.promise as Value
  }
}
