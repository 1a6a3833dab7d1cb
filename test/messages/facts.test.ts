import { describe, expect, it } from 'vitest'
import type { AlertNote } from '../../shared/contracts/alert-note.ts'
import type { Fact } from '../../shared/contracts/fact.ts'
import type { RejectionFact } from '../../shared/contracts/rejection.ts'
import type { OwnFact } from '../../shared/evaluation/own-fact.ts'
import type { VerdictFact } from '../../shared/evaluation/verdict-fact.ts'
import { factIn } from '../../shared/messages/facts.ts'
import { type CopyCode, factsOfCopies } from './copy-facts.ts'
import { type DutyCode, factsOfDuty } from './duty-facts.ts'
import { peerRefused } from './peer-refused.ts'
import { factsOfRegions, type OwnRegionCode } from './region-facts.ts'
import { factsOfSchedules, type ScheduleCode } from './schedule-facts.ts'

const check = '支付/收银台'
const vantage = 'tencent/ap-guangzhou'
const one = { vantages: [vantage], more: 0 }
const many = { vantages: [vantage, 'aliyun/cn-hangzhou', 'aws/ap-southeast-1'], more: 2 }
const why = { code: 'http-status', args: { status: 502 } }
const places = ['alerts.0.at: invalid_type', 'alerts.0: too_big']
const at = places.join('; ')

/** Each code with arguments, and what is read of it. A code without an entry does not compile. */
const told: {
  [Code in Exclude<
    (VerdictFact | OwnFact | RejectionFact | AlertNote)['code'],
    ScheduleCode | OwnRegionCode | DutyCode | CopyCode
  >]: [args: object, zh: string, en: string][]
} = {
  'check-is': [
    [{ check, verdict: 'down' }, '支付/收银台 不可用', '支付/收银台 is down'],
    [{ check, verdict: 'down', why }, '支付/收银台：HTTP 502', '支付/收银台: HTTP 502'],
  ],
  'check-seen': [
    [
      { check, verdict: 'down', count: 2, all: 3, known: 3 },
      '支付/收银台 不可用，3 处中 2 处确认',
      '支付/收银台 is down, seen from 2 of 3',
    ],
    [
      { check, verdict: 'degraded', count: 1, all: 3, known: 1 },
      '支付/收银台 变慢，3 处中 1 处确认（1 处有数据）',
      '支付/收银台 is slow, seen from 1 of 3 (1 known)',
    ],
  ],
  'check-seen-before': [
    [
      { check, verdict: 'down', by: one },
      '支付/收银台 仍不可用：腾讯云广州 曾见如此，现在无法再看',
      '支付/收银台 is still down: Tencent Guangzhou saw it so and cannot look now',
    ],
  ],
  'check-witnesses-gone': [
    [
      { check, by: one },
      '支付/收银台 状态未知：腾讯云广州 曾见异常，此后再无消息',
      '支付/收银台 is unknown: Tencent Guangzhou saw it down and never came back',
    ],
  ],
  'check-without-data': [
    [
      { check, from: many },
      '支付/收银台 无数据：腾讯云广州、阿里云杭州、AWS 新加坡等 5 处',
      '支付/收银台: no data from Tencent Guangzhou, Alibaba Hangzhou, AWS Singapore, 2 more',
    ],
  ],
  'check-held': [
    [
      { check, verdict: 'down', changes: 6, withinMs: 1_800_000 },
      '支付/收银台 30 分钟内变化 6 次，平稳之前按“不可用”保持',
      '支付/收银台 changed 6 times within 30 min and is held down until it is calm',
    ],
  ],
  'check-removed': [[{ check }, '支付/收银台 已不再检查', '支付/收银台 is no longer checked']],
  'partly-bad': [
    [{ check, from: one }, '从 腾讯云广州 看 支付/收银台 异常', '支付/收银台 is not well from Tencent Guangzhou'],
    [
      { check, from: one, why },
      '从 腾讯云广州 看 支付/收银台 异常：HTTP 502',
      '支付/收银台 is not well from Tencent Guangzhou: HTTP 502',
    ],
  ],
  'partly-bad-by-turns': [
    [
      { check, from: one },
      '从 腾讯云广州 看 支付/收银台 时好时坏',
      '支付/收银台 is well and not well by turns from Tencent Guangzhou',
    ],
  ],
  'partly-bad-no-more': [
    [{ check, verdict: 'up' }, '支付/收银台 各处所见一致：正常', '支付/收银台 is up from everywhere'],
  ],
  'not-observed': [
    [
      { check, from: one, why },
      '腾讯云广州 看不到 支付/收银台：HTTP 502',
      '支付/收银台 cannot be looked at from Tencent Guangzhou: HTTP 502',
    ],
    [
      { check, from: one },
      '腾讯云广州 看不到 支付/收银台：没有它的上报',
      '支付/收银台 cannot be looked at from Tencent Guangzhou: it reports nothing of it',
    ],
  ],
  'not-observed-by-turns': [
    [
      { check, from: one },
      '腾讯云广州 时而看得到、时而看不到 支付/收银台',
      '支付/收银台 can and cannot be looked at by turns from Tencent Guangzhou',
    ],
  ],
  'observed-again': [[{ check }, '各处都看得到 支付/收银台', '支付/收银台 is looked at from everywhere']],
  'dead-letters': [
    [
      { queue: 'events', reason: { code: 'alerts-left-out', args: { places } } },
      `事件的死信队列中有无法处理的消息：其中有无法识别的告警（${at}）`,
      `Messages that cannot be handled lie in the dead-letter queue of events: some of its alerts cannot be read (${at})`,
    ],
    [
      { queue: 'escalation', left: 2 },
      '升级的死信队列中有无法处理的消息：2 条',
      'Messages that cannot be handled lie in the dead-letter queue of escalation steps: 2',
    ],
  ],
  'not-json': [
    [{ starts: '' }, '正文为空', 'the body is empty'],
    [{ starts: '{"1":' }, '正文不是 JSON，开头为“{"1":”', 'the body is not JSON and starts with “{"1":”'],
  ],
  'not-an-event': [[{ places }, `不是上报、心跳或告警（${at}）`, `neither a report, a heartbeat nor alerts (${at})`]],
  'not-a-report': [[{ places }, `无法识别的探针上报（${at}）`, `a probe report that cannot be read (${at})`]],
  'not-a-heartbeat': [[{ places }, `无法识别的心跳（${at}）`, `a heartbeat that cannot be read (${at})`]],
  'no-alert-readable': [[{ places }, `其中的告警都无法识别（${at}）`, `none of its alerts can be read (${at})`]],
  'observations-left-out': [
    [{ places }, `上报中有无法识别的观测（${at}）`, `observations of a report cannot be read (${at})`],
  ],
  'alerts-left-out': [[{ places }, `其中有无法识别的告警（${at}）`, `some of its alerts cannot be read (${at})`]],
  'not-the-senders': [
    [
      { places },
      `发送方无权代其他项目或观测点发送（${at}）`,
      `its sender is bound to other projects or vantages (${at})`,
    ],
  ],
  'not-a-step': [[{ places }, `不是升级队列的消息（${at}）`, `no message of the escalation queue (${at})`]],
  'peer-refused': peerRefused,
  'no-dead-letters': [[{ queue: 'events' }, '事件的死信队列已清空', 'The dead-letter queue of events is empty']],
  'account-refuses': [
    [
      { vendor: 'aliyun-ivr', why: 'no-balance', code: 'isv.AMOUNT_NOT_ENOUGH' },
      'aliyun-ivr 的账号拒绝一切请求：套餐或余额已用完：isv.AMOUNT_NOT_ENOUGH',
      'The account of aliyun-ivr refuses whatever it is asked: no balance left: isv.AMOUNT_NOT_ENOUGH',
    ],
  ],
  'account-serves': [[{ vendor: 'aliyun-ivr' }, 'aliyun-ivr 的账号恢复服务', 'The account of aliyun-ivr serves again']],
  'probe-silent': [
    [
      { vantage, checks: 12, seenNowhere: 3 },
      '腾讯云广州 没有上报：12 项检查在此看不到，其中 3 项完全无人观测',
      'No report from Tencent Guangzhou: 12 checks not seen there, 3 of them not seen anywhere',
    ],
  ],
  'probe-heard': [[{ vantage }, '腾讯云广州 恢复上报', 'Tencent Guangzhou reports again']],
  'vantage-faulty': [
    [
      { vantage },
      '腾讯云广州 的多数检查失败而别处正常：恢复之前不参与判定',
      'Tencent Guangzhou fails most of its checks while others see them up: it has no vote until it recovers',
    ],
  ],
  'vantage-slow': [
    [
      { vantage },
      '腾讯云广州 的多数检查变慢而别处正常：不再逐项通知',
      'Most checks are slow from Tencent Guangzhou while others see them up: it is not told of each',
    ],
  ],
  'vantage-unobserving': [
    [
      { vantage },
      '腾讯云广州 看不到多数检查的结果而别处看得到：不再逐项通知',
      'Tencent Guangzhou cannot look at most of its checks while others can: it is not told of each',
    ],
  ],
  'vantage-agrees': [
    [{ vantage }, '腾讯云广州 与其他观测点重新一致', 'Tencent Guangzhou agrees with the others again'],
  ],
  'clock-wrong': [
    [
      { vantage, seconds: 90 },
      '腾讯云广州 的时钟比队列快 90 秒：它上报的时间按此校正',
      "The clock of Tencent Guangzhou is 90 s ahead of the queue's: its times are corrected by that",
    ],
    [
      { vantage, seconds: -90 },
      '腾讯云广州 的时钟比队列慢 90 秒：它上报的时间按此校正',
      "The clock of Tencent Guangzhou is 90 s behind the queue's: its times are corrected by that",
    ],
  ],
  'clock-right': [[{ vantage }, '腾讯云广州 的时钟恢复准确', 'The clock of Tencent Guangzhou is right again']],
  'alert-storm': [
    [
      { came: 9_950, open: 9_000, limit: 50 },
      '每分钟新告警超过 50 个，其余 9950 个合并在此，其中 9000 个尚未恢复',
      'More than 50 new alerts a minute: the other 9950 are joined here, 9000 of them not recovered',
    ],
  ],
  'alert-storm-over': [
    [{ came: 9_950 }, '合并在此的 9950 个告警均已恢复', 'All 9950 alerts that were joined here have recovered'],
  ],
  'severity-unknown': [
    [
      { given: '7', taken: 'error' },
      '不认识严重程度“7”：按“错误”处理',
      'the severity "7" is not known: taken as error',
    ],
  ],
  'severity-missing': [
    [{ taken: 'critical' }, '没有给出严重程度：按“严重”处理', 'no severity is given: taken as critical'],
  ],
  'source-missing': [[{ taken: 'x' }, '没有给出来源：按“x”处理', 'no source is given: taken as x']],
  'summary-cut': [[{ characters: 5000 }, '摘要有 5000 个字符，已截断', 'the summary had 5000 characters and was cut']],
  'summary-missing': [[{}, '没有给出摘要：用去重键代替', 'no summary is given: the key stands for it']],
  'time-unreadable': [
    [{ given: '7' }, '时间“7”无法识别：改用收到的时间', 'the time "7" can\'t be read: the time of arrival is used'],
  ],
  'time-ahead': [
    [{ given: '7' }, '时间“7”在将来：改用收到的时间', 'the time "7" lies ahead: the time of arrival is used'],
  ],
  'key-shortened': [
    [
      { characters: 300 },
      '去重键有 300 个字符：改用其摘要值',
      'the dedup key had 300 characters: a digest of it is used',
    ],
  ],
  'links-dropped': [
    [{ count: 2 }, '略去不是 http(s) 网址的链接：2 个', 'links left out because they are no http(s) URL: 2'],
  ],
  'details-dropped': [
    [
      { bytes: 600_000, limit: 524_288 },
      '请求体有 600000 字节，超过 524288：不带详情告警',
      'the body has 600000 bytes, more than 524288: paged without its details',
    ],
  ],
  'alerts-truncated': [
    [{ count: 41 }, '发送方略去了本组的告警：41 条', 'the sender left out alerts of this group: 41'],
  ],
  'alerts-unreadable': [
    [{ count: 2, first: '0' }, '无法识别的告警：2 条，第一条在 0', "alerts that can't be read: 2, the first at 0"],
  ],
  'fields-unreadable': [
    [{ fields: ['1', '2'] }, '略去无法识别的内容：1、2', "left out because they can't be read: 1, 2"],
  ],
  'sender-test': [[{}, '这是发送方的测试', 'this is a test of the sender']],
}

const cases = Object.entries({
  ...told,
  ...factsOfSchedules,
  ...factsOfRegions,
  ...factsOfDuty,
  ...factsOfCopies,
}).flatMap(([code, all]) => all.map(([args, zh, en]) => ({ code, args, zh, en })))

it.each(cases)('$code is told in both languages: $en', ({ code, args, zh, en }) => {
  const fact = { code, args } as Fact
  expect([factIn('zh', fact), factIn('en', fact)]).toEqual([zh, en])
})

it('what we say of a check holds no English in Chinese, nor Chinese in English', () => {
  for (const { zh, en } of cases) {
    expect(
      zh
        .replaceAll(at, '')
        .replace(/AWS|aliyun-ivr|isv\.AMOUNT_NOT_ENOUGH|sre|Asia\/Shanghai|HTTP \d+|JSON|http\(s\)/g, '')
        .replace(
          /SQS|Connect|orders|gone|Wang|Lin|web|ECONNRESET|CREATION_FAILED|ap-northeast-1|pay、shop|pay，|状态页 pay|example-status|AccessDenied/g,
          '',
        )
        .replace(/bin\/fenghuo\.js (apply|doctor|silence expire a1|maintenance end a1)/, ''),
    ).not.toMatch(/[a-z]{2}/i)
    expect(en.replaceAll(check, '')).not.toMatch(/\p{Script=Han}/u)
  }
})

describe('a fact that we have no words for', () => {
  it.each([
    ['of a newer version', { code: 'moon-in-the-way', args: { phase: 'full' } }, 'moon in the way ({"phase":"full"})'],
    ['without arguments', { code: 'eclipse', args: {} }, 'eclipse'],
    ['named like a part of every object', { code: 'constructor', args: {} }, 'constructor'],
    ['with arguments of another kind', { code: 'partly-bad', args: { from: 7 } }, 'partly bad ({"from":7})'],
  ])('%s is told by its code and arguments', (_, fact, en) => {
    expect(factIn('en', fact)).toBe(en)
    expect(factIn('zh', fact)).toContain(fact.code)
  })
})
