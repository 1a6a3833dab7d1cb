import { type Piece, parsePattern } from './pattern-syntax.ts'

/** Whether a whole text is one that a pattern means. */
export type LinearPattern = (text: string) => boolean

/** So many states at most: `{n,m}` copies what it repeats. */
const MOST_STATES = 2_000

/** A pattern whose repetitions come to more than `MOST_STATES` states. */
export class PatternTooLarge extends Error {}

/** A state takes one character and goes on, or goes on without any. The last one accepts. */
interface State {
  takes?: (character: string) => boolean
  to: number[]
}

/**
 * Compiles a regular expression that has to fit the whole text, as Prometheus' do. All the ways that it could fit are followed side by
 * side (K. Thompson, "Regular Expression Search Algorithm", 1968), so the time grows with the text's length and never explodes, whoever
 * wrote the pattern. Throws a `PatternSyntaxError`, or a `PatternTooLarge`.
 */
export function linearPattern(source: string): LinearPattern {
  const { piece, ignoresCase } = parsePattern(source)
  const states: State[] = []
  const add = (state: State): number => {
    if (states.length >= MOST_STATES) throw new PatternTooLarge()
    return states.push(state) - 1
  }
  const start = build(piece, add({ to: [] }), add, states)
  return (text) => fits(ignoresCase ? text.toLowerCase() : text, start, states)
}

/** Adds the states of a piece that leads on to `next`; gives its first. They are built from the end. */
function build(piece: Piece, next: number, add: (state: State) => number, states: State[]): number {
  switch (piece.type) {
    case 'character':
      return add({ takes: piece.is, to: [next] })
    case 'sequence':
      return piece.of.reduceRight((after, part) => build(part, after, add, states), next)
    case 'choice':
      return add({ to: piece.of.map((part) => build(part, next, add, states)) })
    case 'repeat': {
      const optional = (after: number) => add({ to: [build(piece.of, after, add, states), next] })
      let after = next
      if (piece.most === undefined) {
        after = add({ to: [next] })
        states[after]?.to.unshift(build(piece.of, after, add, states))
      } else for (let time = piece.least; time < piece.most; time++) after = optional(after)
      for (let time = 0; time < piece.least; time++) after = build(piece.of, after, add, states)
      return after
    }
  }
}

function fits(text: string, start: number, states: State[]): boolean {
  const seenAt = new Int32Array(states.length).fill(-1)
  let present = withoutTaking([start], states, seenAt, 0)
  let position = 0
  for (const character of text) {
    if (present.length === 0) return false
    position += 1
    const taken = present.flatMap((index) => (states[index]?.takes?.(character) ? (states[index]?.to ?? []) : []))
    present = withoutTaking(taken, states, seenAt, position)
  }
  return present.includes(0)
}

/** The states that are reached from some without a character; each once for a position of the text. */
function withoutTaking(from: number[], states: State[], seenAt: Int32Array, position: number): number[] {
  const found: number[] = []
  const open = [...from]
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (seenAt[index] === position) continue
    seenAt[index] = position
    const state = states[index]
    if (state?.takes !== undefined || index === 0) found.push(index)
    else open.push(...(state?.to ?? []))
  }
  return found
}
