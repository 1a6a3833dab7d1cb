import { describe } from 'vitest'
import { channels, check, http, itTellsProblems, policy, valid } from './spoilt.ts'

describe('names that stand for nothing', () => {
  itTellsProblems([
    [
      'a vantage',
      'projects',
      check(`${http}, from: [sg, ‸gz]`),
      ['projects.pay.checks.web.from.1', 'no vantage is named `gz`; there are: sg'],
    ],
    [
      'a vantage in the defaults',
      'defaults',
      'defaults: { chat: [wecom], from: [‸sgp] }',
      ['defaults.from.0', 'no vantage is named `sgp` (did you mean `sg`?)'],
    ],
    [
      'a place of a relay',
      'channels',
      channels(
        'app: { type: wecom-app, corp: ww0123456789abcdef, agent: 1000002, secret: "${S}", to: "@all", relay: { url: "${U}", secret: "${R}", at: ‸tencent/ap-guangzhou } }',
      ),
      ['channels.app.relay.at', 'no vantage is at tencent/ap-guangzhou, so that nothing would be deployed there'],
    ],
    [
      'a place of queues of receipts',
      'channels',
      `channels:
  sms: [{ to: "+86", type: aliyun-sms, sign: 示例, templates: { page: SMS_100000001, resolved: SMS_100000002 }, keyId: "\${I}", keySecret: "\${K}", receipts: { queues: [Alicom-Queue-1234567890-SmsReport], at: ‸aliyun/cn-hangzhou } }]
  wecom: { type: wecom-robot, key: "\${WECOM_KEY}" }`,
      ['channels.sms.0.receipts.at', 'no vantage is at aliyun/cn-hangzhou'],
    ],
    [
      'a robot',
      'projects',
      'projects: { pay: { title: 支付, chat: [‸wecon] } }',
      ['projects.pay.chat.0', 'no robot is named `wecon` (did you mean `wecom`?); there are: wecom'],
    ],
    [
      'a channel for people among the robots',
      'projects',
      'projects: { pay: { title: 支付, chat: [wecom, ‸sms] } }',
      ['projects.pay.chat.1', 'no robot is named `sms`'],
    ],
    [
      'a policy',
      'projects',
      'projects: { pay: { title: 支付, policy: ‸defualt } }',
      ['projects.pay.policy', 'no policy is named `defualt` (did you mean `default`?); there are: default, quiet'],
    ],
    [
      'a policy to hand over to',
      'projects',
      'projects: { pay: { title: 支付, handOver: [quiet, ‸dba] } }',
      ['projects.pay.handOver.1', 'no policy is named `dba`; there are: default, quiet'],
    ],
    [
      'a contact',
      'policies',
      policy('layers: [{ page: ‸wang }]'),
      ['policies.default.layers.0.page', 'no contact or schedule is named `wang`; there are: lin, sre, sre.next'],
    ],
    [
      'a schedule',
      'policies',
      policy('layers: [{ page: [lin, ‸srx.next] }]'),
      ['policies.default.layers.0.page.1', 'no contact or schedule is named `srx.next` (did you mean `sre.next`?)'],
    ],
    [
      'the next of a contact',
      'policies',
      policy('layers: [{ page: ‸lin.next }]'),
      ['policies.default.layers.0.page', 'no contact or schedule is named `lin.next`'],
    ],
    [
      'a robot of a layer',
      'policies',
      policy('layers: [{ page: lin, chat: ‸wecon }]'),
      ['policies.default.layers.0.chat', 'no robot is named `wecon` (did you mean `wecom`?)'],
    ],
    [
      'a channel of a layer that is not configured',
      'policies',
      policy('layers: [{ page: lin, channels: { error: [‸email] } }]'),
      ['policies.default.layers.0.channels.error.0', 'no channel is named `email`'],
    ],
    [
      'a channel that is not configured',
      'policies',
      policy('layers: [{ page: lin }], channels: { critical: [phone, ‸email, chat] }'),
      ['policies.default.channels.critical.1', 'no channel is named `email`'],
    ],
    [
      'a kind of check',
      'projects',
      check('‸gopher: "pay.example.com:70"'),
      [
        'projects.pay.checks.web.gopher',
        'no kind of check; kinds are: http, tcp, tls, dns, domain, websocket, grpc, heartbeat',
      ],
    ],
    [
      'a misspelt kind',
      'projects',
      check('‸htp: "https://pay.example.com/"'),
      ['projects.pay.checks.web.htp', 'no kind of check (did you mean `http`?)'],
    ],
    [
      "a kind that functions can't have",
      'projects',
      check('‸icmp: pay.example.com'),
      ['projects.pay.checks.web.icmp', 'no kind of check: functions have no ICMP in any cloud: write `tcp: host:port`'],
    ],
    [
      'a kind that others have by its protocol',
      'projects',
      check('‸postgres: "db.example.com"'),
      ['projects.pay.checks.web.postgres', 'no kind of check: write `tls: host` with `starttls: postgres`'],
    ],
    [
      'a type of robot',
      'channels',
      channels('ops: { type: ‸pigeon, key: x }'),
      ['channels.ops.type', 'no type `pigeon` here; give `type`: one of wecom-robot, dingtalk'],
    ],
    [
      'a robot named unlike any type',
      'channels',
      channels('‸ops: { key: x }'),
      ['channels.ops', 'no type `ops` here; give `type`'],
    ],
    [
      'a way to phone',
      'channels',
      valid.channels.replace('type: connect', 'type: ‸twilio'),
      [
        'channels.phone.0.type',
        'no type `twilio` here; give `type`: one of aliyun-ivr, aliyun-tts, connect, tencent-vms',
      ],
    ],
  ])
})
