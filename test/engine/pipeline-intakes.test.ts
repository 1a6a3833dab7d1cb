import { expect, it } from 'vitest'
import { heartbeatKey as jobKey } from '../../shared/checks/heartbeat/key.ts'
import { relayRequest } from '../../shared/clouds/tencent/wecom-relay.ts'
import { recentOutcomes } from '../../shared/delivery/recent-outcomes.ts'
import { reportSender } from '../../shared/delivery/report-sender.ts'
import { tellEvent } from '../../shared/engine/alerts/tell-event.ts'
import { relayWecom } from '../../shared/engine/answers/relay-wecom.ts'
import { takeCalendarRequest } from '../../shared/engine/answers/take-calendar-request.ts'
import { takeCallback } from '../../shared/engine/answers/take-callback.ts'
import { takeContactEvent } from '../../shared/engine/answers/take-contact-event.ts'
import { answerCall } from '../../shared/engine/answers/take-key.ts'
import { takeLink } from '../../shared/engine/answers/take-link.ts'
import { takeReceipts } from '../../shared/engine/answers/take-receipts.ts'
import { takeText, takeTextReceipts } from '../../shared/engine/answers/take-text-receipts.ts'
import { takePostedReplies, takeTextReplies } from '../../shared/engine/answers/take-text-reply.ts'
import { takeAction } from '../../shared/engine/console/take-action.ts'
import { takeCloudEvent } from '../../shared/engine/ingest/take-cloud-event.ts'
import { takeHeartbeatRequest } from '../../shared/engine/ingest/take-heartbeat-request.ts'
import { takePing } from '../../shared/engine/ingest/take-ping.ts'
import { takePostedReport } from '../../shared/engine/ingest/take-posted-report.ts'
import { takeRequest } from '../../shared/engine/ingest/take-request.ts'
import type { Intake, Leads, MachineName } from '../../shared/engine/intake.ts'
import { type EngineIo, gatewayOf } from '../../shared/engine/io.ts'
import * as pipeline from '../../shared/engine/pipeline.ts'
import { answerPeer } from '../../shared/engine/regions/answer-peer.ts'
import { regionLookUp } from '../../shared/engine/regions/look-up-region.ts'
import { takeEscalation } from '../../shared/engine/take-escalation.ts'
import { takeEvent } from '../../shared/engine/take-event.ts'
import { probe } from '../../shared/engine/verdicts/run-probe.ts'
import { checkRegions } from '../../shared/engine/watch/check-regions.ts'
import { pollReceipts } from '../../shared/engine/watch/poll-receipts.ts'
import { watch } from '../../shared/engine/watch/watch.ts'
import { signedReport } from '../../shared/ingest/report-signature.ts'
import { rememberText } from '../../shared/store/sent-texts.ts'
import { someCheck } from '../checks/records.ts'
import { KEY, request, sample } from '../ingest/requests.ts'
import { pressOn } from '../simulators/wecom-app-callback.ts'
import { MemoryTable } from '../store/memory-table.ts'
import { begun, job, type NotingWorld, report, vantage } from './noting-world.ts'
import { dutyWord, guarding, knownRegion, silenceWord, word } from './other-region.ts'
import { directory, phones } from './world.ts'

// Each way in is gone with one example: what it hands on to is what the table says.

const alerts = {
  v: 1,
  kind: 'alerts',
  alerts: [{ action: 'trigger', dedupKey: 'db', project: 'pay', summary: 'down' }],
}
const alive = { v: 1, kind: 'heartbeat', check: job.id, status: 'ok' }
const canary = { v: 1, kind: 'canary' }
const phoneHash = `person-${phones.lin}`
const call = { phoneHash, seq: 1, contactId: 'contact-1' }
const invocation = { id: 'r1', function: 'probe', version: '1', coldStart: true }

const failover = {
  ...{ name: 'orders', title: '订花', regions: [{ region: 'us-east-1' }, { region: 'us-west-2' }], locale: 'en_US' },
  ...{ sayEveryMs: 0, confirm: { m: 2, n: 3 }, holdMs: 0 },
}

const sentText = (at: number) => {
  const to = { contact: 'lin', channel: 'sms', language: 'zh' } as const
  return { type: 'notice', kind: 'page', incident: 'pay#1#web', at, extras: {}, to } as const
}

type Way = (ways: NotingWorld, io: EngineIo) => Promise<unknown>
const { effects, ...tables } = pipeline
type Tables = typeof tables
type Examples = { [Table in keyof Tables]: Record<keyof Tables[Table], Way> }

const escalation =
  (message: object): Way =>
  (ways) =>
    takeEscalation(message, ways.gateway(), ways.pageIo())
const telling =
  (how: 'answerPress' | 'subscriber', message: object): Way =>
  (ways) => {
    const gateway = { ...gatewayOf(ways.pageIo()), [how]: async () => void ways.found.told++ }
    return takeEscalation(message, ways.gateway(), { ...ways.pageIo(), gateway })
  }
const event =
  (body: object): Way =>
  (ways, io) =>
    takeEvent(body, ways.now, ways.config, io)

const texters = async () => ({ schedules: {}, overrides: [], contacts: { lin: { name: '林悦', phone: '+861' } } })

const ways: Examples = {
  requests: {
    alert: ({ wayIo }) =>
      takeRequest(request(`/alerts/${KEY}`, { action: 'trigger', summary: 'down', dedupKey: 'db' }), wayIo),
    job: ({ jobIo }) => takeHeartbeatRequest({ check: job.id, key: jobKey(job.id, 'secret'), body: '' }, jobIo),
    ping: ({ jobIo }) => takePing({ segments: [jobKey(job.id, 'secret')], body: '' }, jobIo),
    report: ({ wayIo, now }) => {
      const text = JSON.stringify(report(now))
      const headers = signedReport(vantage, text, 'key', now)
      return takePostedReport(request('/reports', text, { headers }), { ...wayIo, reportKeys: { [vantage]: ['key'] } })
    },
    link: ({ linkDeps, token }, io) => takeLink(token, { contact: 'lin' }, [], linkDeps, io),
    button: ({ linkDeps, now, token }, io) => {
      const callback = { corp: 'ww01', token: 'FhToken123', aesKey: 'b'.repeat(43) }
      const { query, body } = pressOn({ user: 'LinYue', key: token, task: 't1', code: 'c1', at: now }, callback)
      const settings = { corp: callback.corp, callback: { token: callback.token, aesKey: callback.aesKey } }
      const channels = { app: { name: 'app', type: 'wecom-app', settings } }
      const brought = { method: 'POST', query: new URLSearchParams(query), headers: {}, body }
      return takeCallback('app', brought, { ...linkDeps, channels, env: {} }, io)
    },
    'text-reply': ({ linkDeps }, io) => {
      const vendor = { vendor: 'texts', readReplies: () => [{ phone: '+861', text: 'ack', once: 'm-1' }] }
      return takePostedReplies('{}', vendor, { ...linkDeps, directory: texters }, io)
    },
    receipts: (_, io) => {
      const event = { type: 'connected', contactId: 'contact-1' } as const
      return takeReceipts('{}', { vendor: 'mainland', read: () => [{ event }] }, io)
    },
    'text-receipts': async (_, io) => {
      await rememberText({ vendor: 'texts', id: 's-1' }, [sentText(io.now())], false, io)
      return takeTextReceipts('[]', { vendor: 'texts', readTexts: () => [{ id: 's-1' }] }, io)
    },
    action: (ways, io) => {
      const by = { contact: 'lin', name: '林悦' }
      return takeAction({ do: 'acknowledge' }, { number: ways.incident().number, by, via: 'console' }, io)
    },
    relayed: ({ now, found }) => {
      const relayed = { path: '/cgi-bin/message/send', token: 'token', body: {} }
      const { body, headers } = relayRequest(relayed, { url: 'https://relay.example.com', secret: 'shared' }, now)
      const answer = async () => Response.json({ errcode: 0, receipt: String(found.told++) })
      return relayWecom(
        { method: 'POST', headers, body: Buffer.from(body) },
        { secret: 'shared', env: {}, fetch: answer, now: () => now, log: () => {} },
      )
    },
    calendar: (_, io) =>
      takeCalendarRequest({ project: 'pay', name: 'lin' }, { ...io, language: 'zh', directory: async () => directory }),
  },
  events: {
    report: (ways, io) => event(report(ways.now))(ways, io),
    heartbeat: event(alive),
    alerts: event(alerts),
    canary: event(canary),
  },
  overflow: {
    alerts: event(alerts),
    canary: (ways, io) => event(canary)(ways, { ...io, lanes: { events: async () => expect.unreachable() } }),
  },
  cloudEvents: {
    'cloud-event': ({ wayIo }) =>
      takeCloudEvent(sample('emr-cluster-state-change-terminated-with-errors.constructed'), wayIo),
    mail: ({ wayIo }) => {
      const received = sample('sns-email-received') as { receipt: object }
      const receipt = { ...received.receipt, recipients: [`pay+${KEY}@in.example.com`] }
      const body = { ...received, receipt, content: 'From: a@example.com\r\n\r\ndown\r\n' }
      return takeCloudEvent({ Type: 'Notification', Message: JSON.stringify(body) }, wayIo)
    },
  },
  escalations: {
    step: escalation({ v: 1, kind: 'step', incident: 'pay#1#web', step: 1 }),
    call: escalation({ v: 1, kind: 'call', phoneHash, incident: 'pay#1#web', step: 1, severity: 'critical' }),
    'phone-line': escalation({ v: 1, kind: 'phone-line', phoneHash, seq: 1 }),
    key: escalation({ v: 1, kind: 'key', ...call, key: '1', decision: 'acknowledged' }),
    peer: (ways) => takeEscalation(word(ways), ways.gateway(), { ...ways.pageIo(), ...guarding }),
    duty: (ways) =>
      takeEscalation({ v: 1, kind: 'duty' }, ways.gateway(), { ...ways.pageIo(), ...guarding, regions: ways.checks }),
    'peer-duty': (ways) =>
      takeEscalation(dutyWord(ways), ways.gateway(), { ...ways.pageIo(), ...guarding, regions: ways.checks }),
    'peer-silence': (ways) => takeEscalation(silenceWord(ways), ways.gateway(), { ...ways.pageIo(), ...guarding }),
    answer: (ways) => {
      const message = { v: 1, kind: 'answer', project: 'pay', contact: 'lin', answer: { result: 'none' } } as const
      const answer = async () => ({ status: 'sent', receipt: String(ways.found.told++) }) as const
      const io = ways.pageIo()
      return takeEscalation(message, ways.gateway(), { ...io, gateway: { ...gatewayOf(io), answer } })
    },
    canary: (ways) => escalation({ ...canary, at: ways.now })(ways, ways.io()),
    press: telling('answerPress', { v: 1, kind: 'press', channel: 'chat', to: 'U0LINYUE', result: 'nobody' }),
    letter: (ways) => {
      const letter = async () => ({ status: 'sent', receipt: String(ways.found.told++) }) as const
      const content = { code: 'swap-answered', by: '王磊', schedule: 'sre', mine: 'Sat', accepted: true }
      const to = { project: 'pay', contact: 'lin', url: 'https://console.example.com/oncall', until: ways.now + 1 }
      const io = { ...ways.pageIo(), gateway: { ...gatewayOf(ways.pageIo()), letter } }
      return takeEscalation({ v: 1, kind: 'letter', ...to, content }, ways.gateway(), io)
    },
    post: escalation({ v: 1, kind: 'post', recipient: 'robot#one', seq: 1 }),
    text: async (ways, io) => {
      const of = { vendor: 'texts', id: 's-2' }
      const to = { contact: 'lin', channel: 'sms', language: 'zh' } as const
      const text = { type: 'notice', kind: 'page', incident: 'pay#1#web', at: io.now(), extras: {}, to } as const
      await rememberText(of, [text], true, io)
      ways.ends.push({})
      return escalation({ v: 1, kind: 'text', ...of })(ways, io)
    },
  },
  subscribers: {
    subscriber: telling('subscriber', { v: 1, kind: 'subscriber', page: 'pay', subscriber: 's-1' }),
  },
  calls: {
    timer: ({ now, send, found }) =>
      probe(
        {
          checks: [someCheck({ name: 'web', kind: 'none', from: [vantage] })],
          vantage,
          io: { now: () => now, monotonic: () => now, env: {} },
          reportSender: reportSender(
            (one) => send([one]),
            () => now,
          ),
          sends: new Map(),
          recentOutcomes: recentOutcomes(),
          lastResort: async () => void found.told++,
          log: () => {},
        },
        { run: 'all' },
        { ...invocation, endsAt: now + 60_000 },
      ),
    minute: ({ backlog, config, send, checks }, io) => {
      const own = { ...knownRegion, duty: async () => undefined }
      const sendCanary = () => send([JSON.stringify(canary)])
      const deps = { config, backlog, deadLetters: [], sendCanary, regions: { own, others: [] } }
      return watch(deps, { ...io, place: guarding.place, regions: checks })
    },
    question: (ways, io) => answerPeer(word(ways), { ...io, ...guarding }),
    'contact-event': (_, io) => takeContactEvent({ type: 'connected', contactId: 'contact-1' }, io),
    key: (_, io) => {
      const input = { ...call, language: 'zh', keys: [], did: { type: 'answered' } } as const
      return answerCall(input, io, new AbortController().signal)
    },
    regions: async ({ now, send }) => {
      const table = new MemoryTable()
      const regions = { name: '', get: table.get.bind(table), putIfVersion: table.putIfVersion.bind(table) }
      const once = { ...failover, confirm: { m: 1, n: 1 } }
      await checkRegions([once], {
        ...{ regions: { ...regions, servedBefore: async () => undefined }, check: async () => ({ found: 'faulty' }) },
        ...{ send: (one: string) => send([one]), now: () => now, token: () => 't', leaseUntil: now, log: () => {} },
      })
    },
    region: ({ now }) => {
      const ask = regionLookUp([failover], { read: async () => 'us-west-2', now: () => now, log: () => {} })
      return ask({ Details: { Parameters: { failover: 'orders' } } })
    },
    'text-event': async (_, io) => {
      await rememberText({ vendor: 'texts', id: 's-2' }, [sentText(io.now())], false, io)
      return takeText({ vendor: 'texts', id: 's-2' }, io)
    },
    'reply-event': ({ linkDeps }, io) =>
      takeTextReplies([{ phone: '+861', text: 'ack', once: 'm-1' }], { ...linkDeps, directory: texters }, io),
    'receipt-queue': ({ now }) =>
      pollReceipts([{ queue: 'queue-VoiceReport', to: 'https://example.com' }], now, {
        ...{
          key: { accessKeyId: 'id', accessKeySecret: 'secret' },
          kept: new Map(),
          fetch: () => expect.unreachable(),
        },
        ...{ env: {}, now: () => now, log: () => {}, wait: async () => {} },
      }),
    announcement: ({ now, found }) =>
      tellEvent(sample('emr-cluster-state-change-starting'), {
        robots: [{ name: 'ops', send: async () => ({ status: 'sent', receipt: String(found.told++) }) }],
        language: 'zh',
        timezone: 'Asia/Shanghai',
        tried: new Map(),
        now: () => now,
        token: () => 'made',
        log: () => {},
      }),
  },
}

/** Machines that a machine's effects lead to, and so on. */
function reachable(from: MachineName[]): Set<MachineName> {
  const all = new Set(from)
  for (const machine of all)
    for (const leads of Object.values<Leads>(effects[machine])) if ('machine' in leads) all.add(leads.machine)
  return all
}

const cases = (Object.keys(ways) as (keyof Tables)[]).flatMap((table) =>
  Object.entries<Way>(ways[table]).map(([kind, go]) => {
    const intakes: Record<string, Intake> = tables[table]
    return {
      named: `${table}.${kind}`,
      isSweep: kind === 'minute',
      go,
      said: intakes[kind] ?? expect.unreachable(`${table} has no ${kind}`),
    }
  }),
)

it.each(cases)('$named hands on to what the pipeline says', async ({ go, said, isSweep }) => {
  const world = await begun()
  await go(world, world.io())
  const { machines, events, told } = world.found
  expect([...new Set(events)].sort()).toEqual(said.events.toSorted())
  expect(told > 0).toBe(said.world === 'vendors')
  // The first gets the event, and the others the effects of that; a sweep comes to all.
  if (!isSweep) expect(machines.slice(0, 1)).toEqual(said.machines)
  else expect([...new Set(machines)].sort()).toEqual(said.machines.toSorted())
  expect(machines.filter((machine) => !reachable(said.machines).has(machine))).toEqual([])
})
