import type { Lived } from '../lived.ts'

/**
 * Connect lets a phone ring for 60 s, and a vendor is asked for 10 s; whoever knows nothing of a call waits for 75 s. A look may come half
 * a second early, and by another machine's clock.
 */
const UNKNOWN_MS = 75_000
const EARLY_MS = 500

/** Nobody is called twice for one decision, nor in two calls at once. */
export function callsAreFew(outcome: Lived): string[] {
  return [...nobodyIsCalledTwice(outcome), ...whatWaitsJoins(outcome)]
}

function nobodyIsCalledTwice({ rings, faults: { crashes, refusals, outage, slowSteps, skewMs } }: Lived): string[] {
  const givenUpMs = UNKNOWN_MS - EARLY_MS - 2 * skewMs
  // Whoever was told that it rings may have died of it, or found no table to write it to.
  const isKnown = crashes + refusals + slowSteps + (outage.until - outage.from) === 0
  const faults: string[] = []
  const calls = new Set<string>()
  const decisions = new Set<string>()
  for (const [index, ring] of rings.entries()) {
    if (calls.has(ring.token)) faults.push(`two calls for ${ring.token}`)
    calls.add(ring.token)
    if (ring.about.length === 0) faults.push(`${ring.token} is about nothing`)
    for (const { incident, step } of ring.about) {
      const decision = `${incident} step ${step} to ${ring.phoneHash}`
      if (decisions.has(decision)) faults.push(`dialled twice: ${decision}`)
      decisions.add(decision)
    }
    const other = rings
      .slice(0, index)
      .find(
        (one) =>
          one.phoneHash === ring.phoneHash &&
          (one.endedAt ?? Infinity) > ring.startedAt &&
          !wasGivenUp(one, ring, isKnown, givenUpMs),
      )
    if (other !== undefined) faults.push(`two phones for one person: ${ring.phoneHash}, ${other.token}, ${ring.token}`)
  }
  return faults
}

type Ring = Lived['rings'][number]

/** A call that nobody has word of may still be up when the phone line gives it up, never before its 60 s are over. */
function wasGivenUp(one: Ring, next: Ring, isKnown: boolean, givenUpMs: number): boolean {
  // A call that nobody can stop is waited for until it is certainly over.
  if (one.outId !== undefined) return false
  return !(isKnown && one.toldAt !== undefined) && next.startedAt - one.startedAt > givenUpMs
}

/** What waited when somebody answered is told in that call: they are not rung for it again. */
function whatWaitsJoins({ rings, calm }: Lived): string[] {
  if (!calm) return []
  // One that was stopped as it was answered told nothing, and one that asks us nothing told only what it rang for.
  return rings
    .filter(({ stopped, outId }) => !stopped && outId === undefined)
    .flatMap((ring) =>
      ring.waited.flatMap(({ incident, step }) => {
        const again = rings.find(
          (one) =>
            one.phoneHash === ring.phoneHash &&
            one.startedAt > (ring.answeredAt ?? 0) &&
            one.about.some((about) => about.incident === incident && about.step === step),
        )
        return again === undefined ? [] : [`rung twice for what one call could tell: ${ring.token}, ${again.token}`]
      }),
    )
}
