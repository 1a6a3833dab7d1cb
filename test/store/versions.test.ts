import { globSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { foundGroupsShape } from '../../shared/checks/kafka-lag/found-groups.ts'
import type { Shape } from '../../shared/contracts/versions.ts'
import { accountsShape, noteIfPossible } from '../../shared/delivery/accounts.ts'
import { calleeLedgerShape } from '../../shared/delivery/callee-ledger.ts'
import { channelMemory, channelMemoryShape } from '../../shared/delivery/channel-memory.ts'
import { recipientQueueShape } from '../../shared/delivery/recipient-queue/queue.ts'
import { dispatchToDuty } from '../../shared/engine/regions/duty.ts'
import { subscribe } from '../../shared/engine/status/subscribe.ts'
import { watch } from '../../shared/engine/watch/watch.ts'
import { heartbeatShape } from '../../shared/evaluation/heartbeat.ts'
import { slotShape } from '../../shared/evaluation/kafka-slot.ts'
import { pathShape } from '../../shared/evaluation/path-state.ts'
import { peersShape } from '../../shared/evaluation/peer-state.ts'
import { vantageShape } from '../../shared/evaluation/vantage.ts'
import { verdictShape } from '../../shared/evaluation/verdict-state.ts'
import { alertGroupShape } from '../../shared/incidents/alert-group.ts'
import { dutyShape } from '../../shared/incidents/duty/record.ts'
import { incidentShape } from '../../shared/incidents/incident.ts'
import { silenceShape } from '../../shared/incidents/pause/silence.ts'
import { postShape } from '../../shared/incidents/status/post.ts'
import { timelineShape } from '../../shared/incidents/timeline-entry.ts'
import { phoneLineShape } from '../../shared/phoneline/phone-line.ts'
import { auditShape, beginAudit } from '../../shared/store/audit.ts'
import { canaryShape, keepCanary } from '../../shared/store/canary.ts'
import { changeShape, keepChanges } from '../../shared/store/changes.ts'
import { contactLinkShape } from '../../shared/store/contact-links.ts'
import { endedSessionsShape, endSessions } from '../../shared/store/ended-sessions.ts'
import { dayShape, hourShape, pointsShape } from '../../shared/store/history-shapes.ts'
import { keptShape, rememberInbound, seenRecorder, seenShape } from '../../shared/store/inbound.ts'
import { answeredOnce, keptAnswerShape } from '../../shared/store/kept-answers.ts'
import * as keys from '../../shared/store/keys.ts'
import { namedCallShape } from '../../shared/store/named-calls.ts'
import { countPeerWord } from '../../shared/store/peer-words.ts'
import { numberShape } from '../../shared/store/records.ts'
import { keepAddress, regionAddressShape } from '../../shared/store/region-addresses.ts'
import { rememberText, sentTextShape } from '../../shared/store/sent-texts.ts'
import { held, stateIn, UnreadableItem } from '../../shared/store/shape.ts'
import { keepSignInLink, signInLinkShape } from '../../shared/store/sign-in-links.ts'
import { changeSilence } from '../../shared/store/silences.ts'
import { statusMarkShape, writeMark } from '../../shared/store/status-marks.ts'
import { keepPost } from '../../shared/store/status-posts.ts'
import { chunkShape } from '../../shared/store/storm-members.ts'
import { subscriberShape } from '../../shared/store/subscribers.ts'
import { changeSwap, swapShape } from '../../shared/store/swaps.ts'
import type { Row, RowKey } from '../../shared/store/table.ts'
import { someCheck } from '../checks/records.ts'
import { PathWorld } from '../engine/world.ts'
import { MemoryTable } from './memory-table.ts'

const sg = 'aws/ap-southeast-1'
const HOUR = 3_600_000

const table = { name: 'fenghuo-prod' }

interface Kind {
  key: RowKey
  /** The version that is written; a counter has none. */
  v?: number
  read(row: Row): unknown
}

const item = <S>(key: RowKey, shape: Shape<S>): Kind => ({
  key,
  v: shape.current,
  read: (row) => stateIn(row, shape, table),
})
const counter = (key: RowKey): Kind => ({ key, read: ({ count }) => count })

/** Every way of making a key, each with a key that it makes: the compiler refuses a kind that is missing here. */
type KeyKind = Extract<keyof typeof keys, `${string}Key`>
const kinds: Record<KeyKind, Kind> = {
  incidentKey: item(keys.incidentKey({ project: 'pay', groupKey: 'web' }), incidentShape),
  pastKey: item(keys.pastKey({ pk: 'incident#pay#web' }, 1), incidentShape),
  timelineKey: item(keys.timelineKey({ pk: 'incident#pay#web' }, { generation: 1, at: 0 }, '1.0'), timelineShape),
  numberKey: item(keys.numberKey(1001), numberShape),
  peerWordsKey: counter(keys.peerWordsKey('refused')),
  lastNumberKey: counter(keys.lastNumberKey()),
  phoneLineKey: item(keys.phoneLineKey('person-+8613800000001'), phoneLineShape),
  recipientKey: item(keys.recipientKey('robot#one'), recipientQueueShape),
  silenceKey: item(keys.silenceKey('s1'), silenceShape),
  swapKey: item(keys.swapKey('w1'), swapShape),
  statusPostKey: item(keys.statusPostKey('pay', 0, 'one'), postShape),
  endedSessionsKey: item(keys.endedSessionsKey('a1b2'), endedSessionsShape),
  statusMarkKey: item(keys.statusMarkKey('pay'), statusMarkShape),
  subscriberKey: item(keys.subscriberKey('pay', 's-1'), subscriberShape),
  contactKey: item(keys.contactKey('contact-1'), contactLinkShape),
  channelMemoryKey: item(keys.channelMemoryKey('wecom-app', 'token#1'), channelMemoryShape),
  callNameKey: item(keys.callNameKey('a1b2c3d4e5f6a7b'), namedCallShape),
  calleeKey: item(keys.calleeKey('mainland#one#person-+8613800000002'), calleeLedgerShape),
  sentTextKey: item(keys.sentTextKey('texts', 's-1'), sentTextShape),
  keptAnswerKey: item(keys.keptAnswerKey('a1b2'), keptAnswerShape),
  signInLinkKey: item(keys.signInLinkKey('a1b2'), signInLinkShape),
  canaryKey: item(keys.canaryKey(), canaryShape),
  pathKey: item(keys.pathKey(), pathShape),
  regionKey: item(keys.regionKey('ap-northeast-1'), regionAddressShape),
  accountsKey: item(keys.accountsKey(), accountsShape),
  stormKey: item(keys.stormKey('pay', 1, ''), chunkShape),
  alertGroupKey: item(keys.alertGroupKey('pay', 'cluster=a'), alertGroupShape),
  openingsKey: counter(keys.openingsKey('pay', 1)),
  rateLimitKey: counter(keys.rateLimitKey('calls', 1)),
  dutyKey: item(keys.dutyKey(), dutyShape),
  peersKey: item(keys.peersKey(), peersShape),
  vantageKey: item(keys.vantageKey(sg, 'probe'), vantageShape),
  verdictKey: item(keys.verdictKey('pay/web'), verdictShape),
  heartbeatKey: item(keys.heartbeatKey('pay/backup'), heartbeatShape),
  inboundMemoryKey: item(
    keys.inboundMemoryKey({ project: 'pay', format: 'aws', of: '1/r/j-1' }, 'STARTING'),
    keptShape,
  ),
  inboundSeenKey: item(keys.inboundSeenKey('pay', 'aws'), seenShape),
  auditKey: item(keys.auditKey(0, 'name'), auditShape),
  changeKey: item(keys.changeKey('pay', 0, 'name'), changeShape),
  runKey: item(keys.runKey(sg, 'probe', 0, 'run'), pointsShape),
  hourKey: item(keys.hourKey(sg, 'probe', 0), hourShape),
  dayKey: item(keys.dayKey(sg, 'probe', 0), dayShape),
  foundGroupsKey: item(keys.foundGroupsKey(sg, 'pay/clicks'), foundGroupsShape),
  slotKey: item(keys.slotKey(sg, 'pay/clicks', 'click-a', 0), slotShape),
}

/** What names a kind in both parts of a key: `incident# g#`. */
const kindOf = ({ pk, sk }: RowKey): string => {
  const isGroup = sk.startsWith('slot#')
  const second = /^(state|phone-line|incident|groups|[a-z]+#)/.exec(sk)?.[0] ?? '*'
  return `${pk.split('#')[0]}${isGroup ? ' of a group' : ''} ${second}`
}

let rows: Row[]

beforeAll(async () => {
  rows = await aDay()
})

/** A day on which everything is written that there is. */
async function aDay(): Promise<Row[]> {
  const checks = [
    someCheck({ name: 'web' }),
    someCheck({ name: 'clicks', kind: 'kafka-lag', target: 'msk/click-*', findsGroups: true }),
    someCheck({
      name: 'backup',
      kind: 'heartbeat',
      isPassive: true,
      from: [],
      spec: { periodMs: HOUR, graceMs: HOUR },
    }),
  ]
  const project = { name: 'pay', title: '支付', policy: 'default', chat: ['ops'], severity: 'critical' as const }
  const world = new PathWorld({
    checks,
    projects: {
      pay: { ...project, stormLimit: 2 },
      shop: { ...project, name: 'shop', stormLimit: 2, groupBy: ['cluster'] },
    },
  })
  world.limits = { perMinute: 3 }
  const routes = [{ to: '+', type: 'ivr', settings: {} }]
  world.config.channels.phone = { name: 'phone', type: 'phone', settings: { routes } }
  const none = { waiting: 0, inFlight: 0 }
  const dead = { 'events-dlq': { waiting: 1, inFlight: 0 }, 'escalation-dlq': none }
  const path = {
    depths: async () => ({ events: none, overflow: none, escalation: none, ...dead }),
    sendOverflowCanary: async () => {},
    tell: async () => {},
  }
  const look = () =>
    watch(
      { config: world.config, backlog: world.backlog, deadLetters: [], path },
      world.io({ leaseUntil: world.now + 55_000 }),
    )
  for (const action of ['trigger', 'resolve', 'trigger'] as const) {
    world.now += 60_000
    await world.alert(action)
    await world.settle()
  }
  const alerts = Array.from({ length: 4 }, (_, index) => ({
    action: 'trigger',
    dedupKey: `k${index}`,
    project: 'pay',
    summary: 'down',
  }))
  await world.evaluate({ v: 1, kind: 'alerts', alerts })
  const grouped = { action: 'trigger', dedupKey: 'k', project: 'shop', summary: 'down', severity: 'info' }
  await world.evaluate({ v: 1, kind: 'alerts', alerts: [grouped] })
  await world.evaluate({ v: 1, kind: 'heartbeat', check: 'pay/backup', status: 'ok' })
  const at = world.now
  const partitions = [[0, 50, 90, true]]
  const group = { group: 'click-a', at, state: 'Stable', members: 1, topics: [{ topic: 'paid', partitions }] }
  const samples = { kind: 'kafka', source: 'kafka', limits: { lag: [], allowed: [] }, found: true, groups: [group] }
  await world.evaluate({
    v: 1,
    kind: 'report',
    vantage: sg,
    runner: { function: 'probe', run: 'run-1', version: '1', startedAt: at, finishedAt: at, coldStart: false },
    observations: [
      { check: 'pay/web', project: 'pay', at, outcome: 'up', latencyMs: 20 },
      { check: 'pay/clicks', project: 'pay', at, outcome: 'up', samples },
    ],
  })
  const silence = { id: 's1', matchers: [], startsAt: at, endsAt: at + HOUR, by: 'lin', comment: 'x', changedAt: at }
  await changeSilence('s1', () => silence, world.io())
  const inbound = { format: 'aws', project: 'pay' }
  await rememberInbound({ ...inbound, of: '1/r/j-1' }, { name: 'STARTING', text: 'x' }, world.io())
  await seenRecorder()({ ...inbound, alerts: 1 }, world.io())
  const deed = {
    at,
    who: 'lin',
    via: 'console' as const,
    from: '192.0.2.7',
    action: 'note',
    path: '/incidents/1',
    status: 303,
  }
  await beginAudit(deed, world.io())
  await keepChanges('pay', [{ at, summary: 'deployed', links: [] }], world.io())
  await channelMemory('wecom-app', 'secret', world.io()).write('token#1', 'x', world.now + HOUR)
  await rememberText({ vendor: 'texts', id: 's-1' }, [], false, world.io())
  await keepCanary(at, world.io())
  await endSessions('lin@example.com', world.io())
  await keepSignInLink('token', { project: 'pay', contact: 'lin', back: '/', until: at + HOUR }, world.io())
  const mine = { from: '2026-12-05 00:00', to: '2026-12-06 00:00' }
  const swap = { id: 'w1', schedule: 'sre', by: 'lin', to: 'wang', mine, at, until: at + HOUR, shifts: '[]' }
  await changeSwap('w1', () => ({ ...swap, state: 'asked' }), world.io())
  await countPeerWord('refused', world.io())
  const post = { of: 'a1', at, state: 'investigating' as const, text: { en: 'x' }, components: ['web'] }
  await keepPost('pay', post, 'one', world.io())
  await writeMark('pay', 'x', world.io())
  const wish = {
    way: 'mail' as const,
    address: 'a@example.com',
    language: 'en' as const,
    base: 'https://x',
    source: '',
  }
  await subscribe('pay', wish, 'secret', world.io())
  await answeredOnce({ name: 'a1b2', request: 'x' }, async () => ({ status: 200, body: '{}' }), world.io())
  await keepAddress({ region: 'ap-northeast-1', acknowledge: 'https://ack.example.com' }, world.io())
  await noteIfPossible('ivr#one', 'ivr', { class: 'no-balance' }, undefined, world.io())
  // When the hour before has been told of to its end.
  world.now = Math.ceil(world.now / HOUR) * HOUR + 120_000
  await look()
  await world.settle()
  const regions = new MemoryTable()
  const place = { own: 'ap-southeast-1', order: ['ap-southeast-1', 'ap-northeast-1'] }
  await dispatchToDuty({ event: { type: 'said', said: { at, by: 'lin' }, place } }, world.io({ regions }))
  const unseen = { ...keys.peersKey(), ...held({ regions: {}, history: [] }, peersShape), version: 1 }
  await regions.putIfVersion(unseen, 0)
  return [world.incidents, world.checks, regions].flatMap(({ rows }) => [...rows.values()])
}

describe('what is kept', () => {
  it('is read in one place', () => {
    const parsesRow = /(JSON[.]|[^.\w])parse[(][\w.?]*(row|state|outbox)\b/i
    const files = globSync('shared/**/*.ts').filter((file) => parsesRow.test(readFileSync(file, 'utf8')))
    expect(files).toEqual(['shared/store/shape.ts'])
  })

  it('is of every kind there is, and of no other', () => {
    const known = Object.values(kinds).map(({ key }) => kindOf(key))
    expect(new Set(rows.map(kindOf))).toEqual(new Set(known))
  })

  it('bears the version of its shape, and only a counter has neither', () => {
    const versions = new Map(Object.values(kinds).map(({ key, v }) => [kindOf(key), v]))
    for (const row of rows) {
      const v = versions.get(kindOf(row))
      expect(row).toMatchObject(v === undefined ? { count: expect.any(Number) } : { v, state: expect.any(String) })
      if (v === undefined) expect(Object.keys(row)).not.toContain('state')
    }
  })
})

describe.each(Object.entries(kinds).filter(([, { v }]) => v !== undefined))('an item of %s', (_, kind) => {
  const { key, v: current = 0 } = kind
  const next = current + 1
  const read = (changes: Partial<Row>) => {
    const row = rows.find((one) => kindOf(one) === kindOf(key)) ?? expect.fail(`there is no ${kindOf(key)}`)
    return kind.read({ ...row, ...changes })
  }

  it('is read as it was written', () => {
    expect(read({})).toEqual(expect.anything())
  })

  it.each([
    ['without a version', { v: undefined }, /: it is older than any release[.] Delete it$/],
    [
      'of a newer release',
      { v: next },
      `has version ${next}, and this release reads ${current}: it was written by a newer`,
    ],
    ['that is damaged', { state: 'garbage!' }, /is damaged[.] Restore it, or delete it/],
  ])('%s is refused by table, key and what to do', (__, changes, says) => {
    const refused = () => read(changes as Partial<Row>)
    expect(refused).toThrow(UnreadableItem)
    expect(refused).toThrow(`Item ${key.pk.split('#')[0]}`)
    expect(refused).toThrow('of table fenghuo-prod ')
    expect(refused).toThrow(says)
  })
})
