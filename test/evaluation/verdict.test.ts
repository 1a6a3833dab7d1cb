import { describe, expect, it } from 'vitest'
import type { VerdictWord } from '../../shared/contracts/words.ts'
import type { Consensus } from '../../shared/evaluation/consensus.ts'
import { verdictMachine } from '../../shared/evaluation/verdict.ts'
import type { VerdictInput, VerdictState, VerdictSubject } from '../../shared/evaluation/verdict-state.ts'
import { says } from '../facts.ts'
import { clock } from '../incidents/story-lines.ts'
import { at } from '../messages/notices.ts'

const subject: VerdictSubject = { id: 'pay/web', project: 'pay', title: '收银台', severity: 'critical' }
const sightings = [
  { vantage: 'a', verdict: 'down' as const, fault: says('HTTP 502') },
  { vantage: 'b', verdict: 'up' as const },
]

/** `heard`: false while every vantage of the check is silent, which is told of elsewhere. */
type Changes = Partial<VerdictInput & Pick<Consensus, 'since'>> & { heard?: boolean }

/** A check's verdict as a timeline: each consensus gives the alerts that follow, `trigger pay/web critical at 02:13`. */
class Verdict {
  state: VerdictState | undefined
  reason = ''
  effects: ReturnType<typeof verdictMachine.transition>['outbox'] = []

  becomes(time: string, verdict: VerdictWord | 'split', changes: Changes = {}): string[] {
    const { since, heard = true, ...event } = changes
    const consensus: Consensus = {
      sightings,
      known: 2,
      ...(verdict === 'split' ? {} : { verdict }),
      ...(since === undefined ? {} : { since }),
    }
    const { state, outbox, reason } = verdictMachine.transition(
      this.state,
      {
        type: 'input',
        subject,
        consensus,

        ...(heard ? { missingAfterMs: 155_000 } : {}),
        ...event,
      },
      at(time),
    )
    this.state = state
    this.reason = reason
    this.effects = outbox
    return outbox.map((effect) => {
      if (effect.type === 'update') return `update ${effect.checks.join(', ')}`
      const { action, dedupKey, severity, at: when } = effect.alert
      return `${action} ${dedupKey} ${severity} at ${clock(when)}`
    })
  }

  get alert() {
    const [first] = this.effects
    return first?.type === 'alert' ? first.alert : expect.fail('no alert')
  }
}

describe('a check that goes down', () => {
  it('raises its alert once, and resolves it once', () => {
    const check = new Verdict()
    expect(check.becomes('02:10', 'up')).toEqual([])
    expect(check.becomes('02:13', 'down')).toEqual(['trigger pay/web critical at 02:13'])
    expect(check.becomes('02:14', 'down')).toEqual([])
    expect(check.reason).toBe('still down')

    expect(check.becomes('02:20', 'up')).toEqual(['resolve pay/web critical at 02:20'])
    expect(check.becomes('02:21', 'up')).toEqual([])
    expect(check.becomes('02:30', 'down')).toEqual(['trigger pay/web critical at 02:30'])
  })

  it('says what is seen, from where, and of what', () => {
    const check = new Verdict()
    const labels = { env: 'prod' }
    const runbook = 'https://wiki/run'
    check.becomes('02:13', 'down', { subject: { ...subject, target: 'https://pay/', labels, runbook } })

    expect(check.alert).toMatchObject({
      project: 'pay',
      title: '收银台',
      component: 'pay/web',
      class: 'down',
      source: 'https://pay/',
      fact: { code: 'check-seen', args: { check: 'pay/web', verdict: 'down', count: 1, all: 2, known: 2 } },
      sightings,
      labels,
      runbook,
    })
  })

  it('at once, began when it was first seen', () => {
    const check = new Verdict()
    check.becomes('02:10', 'up')

    expect(check.becomes('02:13', 'down', { since: at('02:11') })).toEqual(['trigger pay/web critical at 02:13'])
    expect(check.alert.since).toBe(at('02:11'))
  })

  it('again began after its last alert, so that the order of alerts is plain', () => {
    const check = new Verdict()
    check.becomes('02:13', 'down')
    check.becomes('02:20', 'up')
    check.becomes('02:20', 'down', { since: at('02:12') })

    expect(check.alert.at).toBe(at('02:20') + 1)
    expect(check.becomes('02:20', 'up')).toHaveLength(1)
    expect(check.alert.at).toBe(at('02:20') + 2)
  })

  it('and stays so while the vantages are split', () => {
    const check = new Verdict()
    check.becomes('02:13', 'down')

    expect(check.becomes('02:14', 'split')).toEqual([])
    expect(check.state?.verdict).toBe('down')
  })

  it('began no earlier than it was up, whatever one vantage has seen before', () => {
    const check = new Verdict()
    check.becomes('02:10', 'down', { since: at('02:09') })
    check.becomes('02:20', 'up')
    check.becomes('02:30', 'down', { since: at('02:09') })

    expect(check.alert.since).toBe(at('02:20'))
  })

  it('is told again every five minutes, since somebody may have closed it', () => {
    const check = new Verdict()
    check.becomes('02:13', 'down')
    expect(check.alert.again).toBeUndefined()

    expect(check.becomes('02:17', 'down')).toEqual([])
    expect(check.becomes('02:18', 'down')).toEqual(['trigger pay/web critical at 02:18'])
    expect(check.alert.again).toBe(true)
    expect(check.becomes('02:19', 'down')).toEqual([])
  })
})

describe('a check that is slow', () => {
  it('raises an alert of its own, and a warning at that', () => {
    const check = new Verdict()

    expect(check.becomes('02:13', 'degraded')).toEqual(['trigger pay/web:degraded warning at 02:13'])
    expect(check.becomes('02:14', 'down')).toEqual([
      'resolve pay/web:degraded warning at 02:14',
      'trigger pay/web critical at 02:14',
    ])
    expect(check.becomes('02:15', 'degraded')).toEqual([
      'resolve pay/web critical at 02:15',
      'trigger pay/web:degraded warning at 02:15',
    ])
    expect(check.becomes('02:16', 'up')).toEqual(['resolve pay/web:degraded warning at 02:16'])
  })

  it('is as severe as its check says', () => {
    const check = new Verdict()

    expect(check.becomes('02:13', 'degraded', { subject: { ...subject, degradedSeverity: 'error' } })).toEqual([
      'trigger pay/web:degraded error at 02:13',
    ])
  })
})

describe('a check of which nothing is known', () => {
  it('resolves nothing, and has not recovered', () => {
    const check = new Verdict()
    check.becomes('02:13', 'down')

    expect(check.becomes('02:14', 'unknown')).toEqual([])
    expect(check.state).toMatchObject({ verdict: 'unknown', open: { 'pay/web': at('02:13') } })
    expect(check.becomes('02:15', 'down')).toEqual([])
    expect(check.becomes('02:16', 'up')).toEqual(['resolve pay/web critical at 02:16'])
  })

  it('raises an alert when it stays so, once, resolved when something is known again', () => {
    const check = new Verdict()
    check.becomes('02:10', 'up')
    expect(check.becomes('02:13', 'unknown')).toEqual([])
    expect(check.becomes('02:15:34', 'unknown')).toEqual([])

    expect(check.becomes('02:15:35', 'unknown')).toEqual(['trigger pay/web:no-data warning at 02:15:35'])
    expect(check.becomes('02:17', 'unknown')).toEqual([])
    expect(check.becomes('02:18', 'up')).toEqual(['resolve pay/web:no-data warning at 02:18'])
  })

  it('raises none of its own while somebody else says so, and keeps what it has raised', () => {
    const check = new Verdict()
    const silent = () => check.becomes('02:30', 'unknown', { heard: false })
    check.becomes('02:13', 'unknown')
    expect(silent()).toEqual([])
    check.becomes('02:30', 'unknown')

    expect(silent()).toEqual([])
    expect(Object.keys(check.state?.open ?? {})).toEqual(['pay/web:no-data'])
  })

  it('from the start is unknown, never up', () => {
    const check = new Verdict()
    check.becomes('02:13', 'split')

    expect(check.state?.verdict).toBe('unknown')
  })
})

describe('a check that depends on another', () => {
  it('raises nothing while that is down, and its alert once it is judged afresh', () => {
    const check = new Verdict()
    expect(check.becomes('02:13', 'down', { quiet: true })).toEqual([])
    expect(check.state?.verdict).toBe('down')

    expect(check.becomes('02:20', 'down')).toEqual(['trigger pay/web critical at 02:20'])
  })

  it('and has raised one resolves it all the same', () => {
    const check = new Verdict()
    check.becomes('02:13', 'down')

    expect(check.becomes('02:14', 'up', { quiet: true })).toEqual(['resolve pay/web critical at 02:14'])
  })

  it('is judged afresh whenever the other changes', () => {
    const check = new Verdict()
    expect(check.becomes('02:12', 'up', { children: ['pay/api'] })).toEqual([])

    expect(check.becomes('02:13', 'down', { children: ['pay/api'] })).toEqual([
      'trigger pay/web critical at 02:13',
      'update pay/api',
    ])
    expect(check.becomes('02:14', 'down', { children: ['pay/api'] })).toEqual([])
  })
})
