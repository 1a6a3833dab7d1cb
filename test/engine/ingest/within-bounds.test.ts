import { describe, expect, it } from 'vitest'
import { Rejection } from '../../../shared/contracts/rejection.ts'
import type { SenderBounds } from '../../../shared/contracts/sender-bounds.ts'
import { withinBounds } from '../../../shared/engine/ingest/within-bounds.ts'

const senders: Record<string, SenderBounds> = {
  AIDAPAY: { projects: ['pay'], vantages: [] },
  AROAGZ: { projects: [], vantages: ['tencent/ap-guangzhou'] },
}
const alert = (project: unknown) => ({ project, dedupKey: 'db', action: 'resolve' })
const pack = (...alerts: unknown[]) => ({ v: 1, kind: 'alerts', alerts })
const report = (vantage: unknown) => ({ v: 1, kind: 'report', vantage, observations: [] })

describe('what a sender may say', () => {
  it.each([
    ['nobody has named it', ['AIDAOTHER'], pack(alert('shop'), alert('pay'))],
    ['its own project', ['AIDAPAY'], pack(alert('pay'))],
    ['its own project, in the seed’s words', ['AIDAPAY'], { projectName: 'pay' }],
    ['a heartbeat of its own project', ['AIDAPAY'], { v: 1, kind: 'heartbeat', check: 'pay/nightly' }],
    ['its own vantage', ['AROAGZ'], report('tencent/ap-guangzhou')],
    ['a canary, which is ours', ['AROAWATCH'], { v: 1, kind: 'canary', clock: 1 }],
    ['what nobody can read is for the schema to refuse', ['AIDAPAY'], 'nonsense'],
    ['a name that every object has', ['constructor'], report('aws/x')],
  ])('%s', (_, sentBy, body) => {
    expect(withinBounds(body, sentBy, { senders })).toEqual({ body, refused: [] })
  })

  it.each([
    ['another project', ['AIDAPAY'], pack(alert('shop')), 'alerts.0.project'],
    ['another project, in the seed’s words', ['AIDAPAY'], { projectName: 'shop' }, 'projectName'],
    [
      'both of the seed’s words and of its own alerts',
      ['AIDAPAY'],
      { projectName: 'shop', ...pack(alert('pay')) },
      'projectName',
    ],
    ['a heartbeat of another project', ['AIDAPAY'], { v: 1, kind: 'heartbeat', check: 'payments/nightly' }, 'check'],
    ['a vantage, and it has none', ['AIDAPAY'], report('tencent/ap-guangzhou'), 'vantage'],
    ['another vantage', ['AROAGZ'], report('aws/ap-southeast-1'), 'vantage'],
    ['another vantage, beside alerts', ['AROAGZ'], { alerts: [], ...report('aws/ap-southeast-1') }, 'vantage'],
    ['a report beside alerts of its own', ['AIDAPAY'], { ...report('aws/x'), alerts: [alert('pay')] }, 'vantage'],
    ['a project that is no text', ['AIDAPAY'], pack(alert(['pay'])), 'alerts.0.project'],
    ['alerts, and it speaks for a vantage', ['AROAGZ'], pack(alert('pay')), 'alerts.0.project'],
    ['a canary with a clock of its own', ['AIDAPAY'], { v: 1, kind: 'canary', clock: 1 }, 'kind'],
    ['one of us has sent it on', ['AROARELAY', 'AIDAPAY'], pack(alert('shop')), 'alerts.0.project'],
    ['it says that another had sent it first', ['AIDAPAY', 'AIDAOTHER'], pack(alert('shop')), 'alerts.0.project'],
  ])('is not %s', (_, sentBy, body, place) => {
    const refused = new Rejection({ code: 'not-the-senders', args: { places: [place] } })

    expect(() => withinBounds(body, sentBy, { senders })).toThrow(refused)
  })

  it('is taken of a message that says other things as well, each alert in its place', () => {
    const [mine, others, more] = [alert('pay'), alert('shop'), { ...alert('pay'), dedupKey: 'web' }]

    expect(withinBounds({ ...pack(mine, others, more), positions: [7, 7, 7] }, ['AIDAPAY'], { senders })).toEqual({
      body: { ...pack(mine, more), positions: [0, 2] },
      refused: [
        {
          body: { ...pack(others), positions: [7, 7, 7] },
          reason: { code: 'not-the-senders', args: { places: ['alerts.1.project'] } },
        },
      ],
    })
  })
})
