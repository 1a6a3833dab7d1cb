import type { Sender, Target } from '../../shared/channels/channel.ts'
import type { Message } from '../../shared/messages/message.ts'
import { refusedFor } from '../failure.ts'
import type { Faults } from './faults.ts'
import type { Process, World } from './world.ts'

/** A text on its way to a robot or a person. */
export interface Told {
  at: number
  /** A robot's name, or a person's number or address. */
  to: string
  kind: Message['notice']['kind']
  incident: string
  /** The state change it speaks of. */
  change: number
  repeat: boolean
  /** False: the vendor gave no answer and did nothing. */
  arrived: boolean
}

/** A vendor is asked to take a text. */
export interface Asked {
  /** The text: to whom, of what. */
  text: string
  at: number
  /** `retry`: not before five seconds have passed. */
  fate: 'sent' | 'retry' | 'unknown' | 'unknown but sent' | 'failed'
  /** Marked as one that may have been told before. */
  repeat: boolean
}

/** How long a vendor that is busy wants to be left alone, ms. */
export const RETRY_AFTER_MS = 5_000

/** How many texts a day one number gets, where the robot's vendor has a limit as well. */
export const TEXTS_A_DAY = 10

/** Vendors of texts: they may be busy, refuse, be slow, or lose their answer. */
export class Texts {
  readonly told: Told[] = []
  readonly asked: Asked[] = []
  /** When the robot's vendor was asked for anything. */
  readonly posts: number[] = []
  /** When the vendor of texts took one to a number. */
  readonly texted: { at: number; to: string }[] = []
  /** How many posts the robot takes in any sixty seconds, if its vendor has a limit. */
  readonly perMinute: number | undefined
  private readonly world: World
  private readonly faults: Faults

  constructor(world: World, faults: Faults) {
    this.world = world
    this.faults = faults
    const limit = world.pick([0, 20, 6])
    this.perMinute = limit === 0 ? undefined : limit
  }

  robot(process: Process): Sender {
    const perMinute = this.perMinute
    const limits = perMinute === undefined ? { maxBytes: 4096 } : { maxBytes: 4096, perMinute }
    return this.channel(limits, process, () => 'robot')
  }

  texts(process: Process): Sender {
    const limits = this.perMinute === undefined ? { maxBytes: 500 } : { maxBytes: 500, perDay: TEXTS_A_DAY }
    return this.channel(limits, process, ({ phone }) => `sms ${phone}`)
  }

  mails(process: Process): Sender {
    return this.channel({ maxBytes: 100_000 }, process, ({ email }) => `email ${email}`)
  }

  private channel(limits: Sender['limits'], process: Process, nameOf: (target: Target) => string): Sender {
    const world = this.world
    const faults = this.faults
    return {
      type: 'simulated',
      limits,
      rateKey: () => 'one',
      send: async ({ notice, repeat: isRepeat, digest }, target) => {
        const to = nameOf(target)
        const fates = ['retry', 'unknown', 'unknown but sent', 'failed'] as const
        const fate = world.chance(faults.texts) ? world.pick(fates) : 'sent'
        await process.step(() => {
          if (to === 'robot') this.posts.push(world.now)
          const isTaken = fate !== 'retry' && fate !== 'failed'
          if (isTaken && to.startsWith('sms ')) this.texted.push({ at: world.now, to })
          const news = digest?.of ?? [{ notice, repeat: isRepeat }]
          for (const { notice: each, repeat } of news) {
            const { kind, incident, at: change } = each
            this.asked.push({ text: `${incident} ${kind} ${change} to ${to}`, at: world.now, fate, repeat })
            if (fate === 'retry' || fate === 'failed') continue
            this.told.push({ at: world.now, to, kind, incident, change, repeat, arrived: fate !== 'unknown' })
          }
        })
        await process.pause(Math.floor(world.random() * faults.textsMs))
        if (fate === 'sent') return { status: 'sent' }
        if (fate === 'retry') return { status: 'retry', afterMs: RETRY_AFTER_MS, failure: refusedFor('busy') }
        return fate === 'failed'
          ? { status: 'failed', failure: refusedFor('refused') }
          : { status: 'unknown', failure: refusedFor('reset') }
      },
    }
  }
}
