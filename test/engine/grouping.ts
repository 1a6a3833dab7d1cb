import { GROUP_PREFIX } from '../../shared/contracts/group.ts'
import { PathWorld } from './world.ts'

/** Of the group of cluster `a`. */
export const KEY = `${GROUP_PREFIX}cluster=a`

/** The project groups its alerts by their cluster. */
export class Grouping extends PathWorld {
  constructor(
    changes: { groupBy?: string[]; groupWaitMs?: number; groupIntervalMs?: number; stormLimit?: number } = {},
  ) {
    super()
    const { pay, ...others } = this.config.projects
    if (pay === undefined) throw new Error('no project')
    this.config.projects = { ...others, pay: { ...pay, groupBy: ['cluster'], ...changes } }
  }

  async send(
    action: 'trigger' | 'resolve' | 'acknowledge',
    dedupKey: string,
    changes: object = { labels: { cluster: 'a' } },
  ) {
    this.now += 1_000
    await this.resend(this.message(action, dedupKey, changes), this.now)
  }

  message(action: string, dedupKey: string, changes: object = { labels: { cluster: 'a' } }) {
    const alert = { action, dedupKey, project: 'pay', summary: `${dedupKey} is down`, severity: 'critical', ...changes }
    return { v: 1, kind: 'alerts', alerts: [alert] }
  }

  /** The project groups no more; gives what lets it group again. */
  stopGrouping(): () => void {
    const { pay, ...others } = this.config.projects
    if (pay === undefined) throw new Error('no project')
    const { groupBy: _, groupWaitMs: __, ...ungrouped } = pay
    this.config.projects = { ...others, pay: ungrouped }
    return () => {
      this.config.projects = { ...others, pay }
    }
  }

  async resend(message: object, takenAt: number) {
    await this.evaluate(message, takenAt)
    await this.settle()
  }

  get group() {
    return this.incident('pay', KEY)
  }

  get opened() {
    return this.texts.filter((text) => text === 'ops opened').length
  }
}
