import { describe, expect, it } from 'vitest'
import { contract, type OperationId } from '../../services/console/api/contract.ts'
import type { Operation } from '../../services/console/api/operation.ts'
import { roles } from '../../shared/contracts/compiled-config.ts'
import { Visitor } from './console-visitor.ts'
import { places } from './past-hours.ts'
import { askers, OF_PAY, rolesWorld, turn } from './roles-world.ts'

/** What each operation is asked about `pay`, and how it answers whoever may, if not by 200. */
const asked: Record<OperationId, { path: string; body?: object; answer?: number }> = {
  listProjects: { path: '/projects' },
  listChecks: { path: '/checks' },
  readCheck: { path: '/checks/pay/web' },
  listSchedules: { path: '/oncall' },
  readLedger: { path: '/oncall/reach' },
  readHistory: { path: '/checks/pay/web/history' },
  readProofs: { path: '/proofs' },
  listIncidents: { path: '/incidents' },
  readIncident: { path: '/incidents/1001' },
  readStrips: { path: '/incidents/1001/strips' },
  readPostMortem: { path: '/incidents/1001/post-mortem' },
  whyIncident: { path: '/incidents/1001/why' },
  readFate: { path: '/alerts/fate?key=web&project=pay' },
  takeAction: { path: '/incidents/1001/actions', body: { do: 'acknowledge', as: 'lin' } },
  readTold: { path: '/incidents/1001/outsiders' },
  tellOutsiders: { path: '/incidents/1001/outsiders', body: { as: 'lin', text: { en: 'slow' } }, answer: 409 },
  listTold: { path: '/outsiders' },
  announceWork: {
    path: '/outsiders/pay',
    body: { text: { en: 'x' }, from: '2026-11-23T00:00:00Z', until: '2026-11-24T00:00:00Z' },
    answer: 404,
  },
  endTold: { path: '/outsiders/pay/o1/end', body: {}, answer: 404 },
  readReport: { path: '/report?since=2026-11-20T00:00:00Z' },
  listSubscribers: { path: '/subscribers' },
  removeSubscriber: { path: '/subscribers/pay/s1', answer: 404 },
  listSilences: { path: '/silences' },
  makeSilence: {
    path: '/silences',
    body: { as: 'lin', matchers: [['project=pay']], endsAt: '2026-11-23T00:00:00Z', comment: 'x' },
  },
  readSilence: { path: '/silences/s1' },
  changeSilence: { path: '/silences/s1', body: { endsAt: '2026-11-23T00:00:00Z' } },
  listMaintenance: { path: '/maintenance' },
  endSessions: { path: '/sessions/end', body: { who: 'lin@example.com' } },
  listQueues: { path: '/queues' },
  listLetters: { path: '/queues/events/letters' },
  sendBack: { path: '/queues/events/send-back', body: {} },
  listGroups: { path: '/kafka' },
  readGroup: { path: `/kafka/group?check=pay/web&vantage=${places[0]}&group=g`, answer: 404 },
  readRegions: { path: '/regions' },
  listDeeds: { path: '/audit' },
  listOverrides: { path: '/overrides' },
  makeOverride: {
    path: '/overrides',
    body: { as: 'lin', kind: 'add', schedule: 'secret_sre', contact: 'tan', ...turn },
  },
  removeOverride: { path: '/overrides/o1', answer: 404 },
  listSwaps: { path: '/swaps' },
  askSwap: { path: '/swaps', body: { as: 'lin', schedule: 'secret_sre', to: 'wang', mine: turn } },
  answerSwap: { path: '/swaps/w1/answer', body: { as: 'wang', answer: 'declined' } },
  listSenders: { path: '/inbound' },
  testInbound: { path: '/inbound/pay/grafana/test', body: { key: 'a-key-of-pay', sure: true } },
}

/** As what is not there, or as nobody may: people and schedules of others are ones that nobody has named. */
const REFUSED = ['no-role', 'not-found', 'no-contact', 'not-named']

async function console() {
  const { world, mounted, state } = await rolesWorld()
  const program = new Visitor(world, mounted)
  const ask = (id: OperationId, token: string) => {
    const { method }: Operation = contract[id]
    const { path, body } = asked[id]
    const bearer = { authorization: `Bearer ${token}` }
    return program.json(`/api/v1${path}`, body, bearer, method.toUpperCase())
  }
  return { ask, state }
}

describe.each(askers)('a program that is $role of $of', ({ role, of, token }) => {
  it.each(Object.keys(contract) as OperationId[])('is answered by %s what that is for', async (id) => {
    const { ask, state } = await console()
    const { method, scope }: Operation = contract[id]
    const before = state()
    const { status, text } = await ask(id, token)
    const hasRole = roles.indexOf(role) >= roles.indexOf(scope.role)
    const isOfAll = of === 'all' || scope.where === 'project'

    if (!hasRole || !isOfAll) expect([status, JSON.parse(text).error.code]).toEqual([403, 'no-role'])
    else if (of !== 'shop') expect([status, text.slice(0, 200)]).toEqual([asked[id].answer ?? 200, expect.anything()])
    else if (method !== 'get') expect(REFUSED).toContain(JSON.parse(text).error.code)
    if (of === 'shop' || !hasRole || !isOfAll) {
      // What was asked for is said back.
      expect(text.replaceAll(/pay\/web|secret_sre/g, '')).not.toMatch(OF_PAY)
      expect(state()).toBe(before)
    }
  })
})
