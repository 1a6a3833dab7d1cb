import { describe } from 'vitest'
import { check, http, itTellsProblems, policy } from './spoilt.ts'

describe('keys and names', () => {
  itTellsProblems([
    [
      'a misspelt key of the file',
      'head',
      '‸timezon: UTC',
      ['timezon', 'unknown key (did you mean `timezone`?); known here: baseUrl, channels,'],
    ],
    [
      'a misspelt key of a check',
      'projects',
      check(`${http}, ‸intervall: 5m`),
      ['projects.pay.checks.web.intervall', 'unknown key (did you mean `interval`?)'],
    ],
    [
      'a misspelt key of the kind',
      'projects',
      check(`${http}, ‸redirect: 1`),
      ['projects.pay.checks.web.redirect', '(did you mean `redirects`?)'],
    ],
    [
      'a misspelt key of a project',
      'projects',
      'projects: { pay: { title: 支付, ‸pollicy: default } }',
      ['projects.pay.pollicy', '(did you mean `policy`?)'],
    ],
    [
      'a misspelt key of a layer',
      'policies',
      policy('layers: [{ page: lin, ‸acktimeout: 5m }]'),
      ['policies.default.layers.0.acktimeout', '(did you mean `ackTimeout`?)'],
    ],
    [
      'a misspelt severity',
      'policies',
      policy('layers: [{ page: lin }], channels: { critical: [chat], ‸eror: [chat] }'),
      ['policies.default.channels.eror', '(did you mean `error`?)'],
    ],
    [
      'a key that nothing resembles has no suggestion',
      'defaults',
      'defaults: { chat: [wecom], ‸zebra: 2 }',
      ['defaults.zebra', 'unknown key; known here: chat, confirm'],
    ],
    [
      'a key given twice',
      'defaults',
      'defaults:\n  chat: [wecom]\n  ‸chat: [wecom]',
      ['defaults.chat', 'this key is given twice: keep one of them'],
    ],
    [
      'a name with a dot',
      'projects',
      'projects: { ‸pay.eu: { title: 支付 } }',
      ['projects.pay.eu', 'letters, digits, - and _ only'],
    ],
  ])
})
