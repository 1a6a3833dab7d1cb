import { describe, expect, it } from 'vitest'
import { contract, type OperationId } from '../../services/console/api/contract.ts'
import type { Operation } from '../../services/console/api/operation.ts'
import { type CompiledGrant, roles } from '../../shared/contracts/compiled-config.ts'
import type { Directory } from '../../shared/oncall/plan.ts'
import { keepSilence } from '../../shared/store/silences.ts'
import { changeSwap } from '../../shared/store/swaps.ts'
import { MemoryContacts } from '../engine/overrides/memory-contacts.ts'
import { checksFrom } from '../engine/probes.ts'
import { directory } from '../engine/world.ts'
import { Visitor } from './console-visitor.ts'
import { places, watching } from './past-hours.ts'

const SRE = { timezone: 'Asia/Shanghai', rotation: ['lin', 'wang'], handoff: '10:00', start: '2026-11-21' }
const people: Directory = { ...directory, schedules: { secret_sre: SRE } }
const nobody: Directory = { contacts: { zhou: { name: '周' } }, schedules: {}, overrides: [] }
const turn = { from: '2026-11-23 10:00', to: '2026-11-24 10:00' }

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

/** Who asks: every role, in this project, in the other one, and in all. */
const askers = roles.flatMap((role) =>
  (['pay', 'shop', 'all'] as const).map((of) => {
    const token = `a-token-of-a-${role}-of-${of}`
    const grant: CompiledGrant = { role, tokens: [token], ...(of !== 'all' && { projects: [of] }) }
    return { role, of, token, grant }
  }),
)

/** Whatever is of `pay` says so: its incident, silence, swap, check and schedule. */
const OF_PAY = /secret|pay\/web|"pay"|支付|林悦/

/** As what is not there, or as nobody may: people and schedules of others are ones that nobody has named. */
const REFUSED = ['no-role', 'not-found', 'no-contact', 'not-named']

async function console() {
  const world = watching(checksFrom(['web'], [places[0] ?? '']), [places[0] ?? ''])
  await world.alert('trigger', { title: 'secret incident' })
  await world.settle()
  const silence = { id: 's1', startsAt: world.now, endsAt: world.now + 3_600_000, by: '林悦', changedAt: world.now }
  const matchers = [[{ name: 'project', is: '=' as const, value: 'pay' }]]
  await keepSilence({ ...silence, matchers, comment: 'secret silence' }, world.io())
  const swap = { id: 'w1', schedule: 'secret_sre', by: 'lin', to: 'wang', mine: turn, shifts: '[]' }
  await changeSwap('w1', () => ({ ...swap, at: world.now, until: world.now + 86_400_000, state: 'asked' }), world.io())
  const contacts = new MemoryContacts({ pay: people, shop: nobody })
  const sent: unknown[] = []
  const program = new Visitor(world, {
    access: { access: askers.map(({ grant }) => grant) },
    directory: async (name) => (name === 'pay' ? people : nobody),
    regions: async () => [{ region: 'local', contacts }],
    queueDesk: async () => ({
      depths: async () => ({}),
      look: async () => ({ letters: [], all: true }),
      sendBack: async (...letter) => {
        sent.push(letter)
        return { sent: 0 }
      },
    }),
  })
  /** All that may have been changed, but for what the audit has of it. */
  const state = () =>
    JSON.stringify([[...world.incidents.rows].filter(([key]) => !key.startsWith('audit#')), contacts.written, sent])
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
