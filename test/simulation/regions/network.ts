import type { Peers } from '../../../shared/contracts/peers.ts'
import type { DutyRegions } from '../../../shared/engine/regions/follow-duty.ts'
import { canaryIn } from '../../../shared/store/canary.ts'
import { readDuty } from '../../../shared/store/duty.ts'
import type { Cloud } from '../cloud.ts'
import { isWithin } from '../faults.ts'
import { SECRET } from '../vendors.ts'
import { type Process, Trouble, type World } from '../world.ts'
import type { Loss, Plan } from './plan.ts'

/** Whoever asks a region waits so long for its answer, ms. */
const PATIENCE_MS = 5_000

/** Which losses take what gets to a region, and what comes from it. */
const blocksTo: Loss['is'][] = ['gone', 'cut off', 'deaf']
const blocksFrom: Loss['is'][] = ['gone', 'cut off', 'mute']

/** What is between the regions: it delays, loses, and is cut one way or both. */
export class Network {
  private readonly world: World
  private readonly plan: Plan
  private readonly order: string[]
  private readonly cloudOf: (region: string) => Cloud

  constructor(world: World, plan: Plan, order: string[], cloudOf: (region: string) => Cloud) {
    this.world = world
    this.plan = plan
    this.order = order
    this.cloudOf = cloudOf
  }

  /** How a function of one region reaches the others. */
  peersOf(from: string, process: Process): Peers {
    const { world, plan } = this
    return {
      deployment: 'simulated',
      secret: SECRET,
      send: (to, message) =>
        process.step(() => {
          this.pass(from, to)
          const isLost = world.chance(plan.drops)
          if (isLost && world.chance(0.5)) throw new Trouble('TimeoutError')
          this.cloudOf(to).escalation.send(message, Math.floor(world.random() * plan.slowMs))
          if (isLost) throw new Trouble('TimeoutError')
        }),
      ask: async (to, question) => {
        const answer = process.step(() => {
          this.pass(from, to)
          return this.cloudOf(to).answer(question)
        })
        const silence = process.pause(PATIENCE_MS).then(() => {
          throw new Trouble('no answer in time')
        })
        const given = await Promise.race([answer, silence])
        return process.step(() => {
          this.pass(to, from)
          return given
        })
      },
    }
  }

  /** How watch of one region reads who has duty in the others. */
  othersOf(from: string, process: Process): DutyRegions['others'] {
    return this.order
      .filter((region) => region !== from)
      .map((region) => {
        const read = <T>(work: (cloud: Cloud) => Promise<T>) =>
          process.step(() => {
            this.pass(from, region)
            this.pass(region, from)
            return work(this.cloudOf(region))
          })
        return {
          region,
          duty: () => read(({ duty }) => readDuty(duty.items.table)),
          canary: () => read(({ incidents }) => canaryIn({ incidents: incidents.table })),
        }
      })
  }

  /** Whether alerts that are sent to every region get to this one. */
  takesAlerts(region: string): boolean {
    return !this.lossesOf(region).some(({ is }) => is === 'gone')
  }

  private pass(from: string, to: string): void {
    const isCut =
      this.lossesOf(from).some(({ is }) => blocksFrom.includes(is)) ||
      this.lossesOf(to).some(({ is }) => blocksTo.includes(is)) ||
      (this.lossesOf(from).some(({ is }) => is === 'one link') && this.nextTo(from) === to)
    if (isCut) throw new Trouble('no connection')
  }

  private nextTo(region: string): string | undefined {
    return this.order[(this.order.indexOf(region) + 1) % this.order.length]
  }

  private lossesOf(region: string): Loss[] {
    return this.plan.losses.filter((loss) => this.order[loss.region] === region && isWithin(loss, this.world.now))
  }
}
