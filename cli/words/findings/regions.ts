import { fault, findingsOf, ok, skipped, typed, warning } from '../../../shared/channels/diagnoses/finding.ts'
import { type Bilingual, type Instant, inBoth, type Language } from '../../../shared/contracts/words.ts'
import type { Difference } from '../../../shared/engine/regions/differences.ts'
import type { Deliveries } from '../../../shared/evaluation/deliveries.ts'
import { shortDuration } from '../../../shared/messages/times.ts'
import { words } from '../../../shared/messages/words.ts'
import { differenceText } from '../region.ts'

const whole = (ms: number) => Math.max(0, Math.round(ms / 1_000) * 1_000)

const differs = (difference: Difference): Bilingual => inBoth((language) => differenceText(difference, language))

const lookWhere: Bilingual = {
  en: 'look at the lines of its functions and queues, and at the logs of watch, evaluate and page there',
  zh: '看它的函数和队列各行，以及那里 watch、evaluate、page 的日志',
}

/** What is found of a region, and of what it has otherwise than the first. */
export const found = findingsOf('regions', {
  'no-stack': (region: string, stage: string | undefined) =>
    fault(
      { en: `there is no stack in ${region}`, zh: `${region} 没有部署` },
      {
        en: `deploy to it as docs/guides/several-regions.md says (npx sls deploy --stage ${stage} --region ${region}), or take it out of \`regions\``,
        zh: `按 docs/guides/several-regions.zh-CN.md 部署到那里（npx sls deploy --stage ${stage} --region ${region}），或从 \`regions\` 中删去`,
      },
    ),
  worked: (agoMs: number) => {
    const ago = inBoth((language) => shortDuration(whole(agoMs), language))
    return ok({ en: `went through both queues, begun ${ago.en} ago`, zh: `走过了两个队列，${ago.zh}前出发` })
  },
  'never-worked': () =>
    fault(
      {
        en: 'none has ever gone through both queues: what is taken here is not worked on',
        zh: '从未走过两个队列：这里收到的消息没有处理',
      },
      {
        en: `wait two minutes if it was just deployed; else ${lookWhere.en}`,
        zh: `刚部署就等两分钟；否则${lookWhere.zh}`,
      },
    ),
  late: (agoMs: number) => {
    const ago = inBoth((language) => shortDuration(whole(agoMs), language))
    return fault(
      {
        en: `the last one that went through both queues began ${ago.en} ago: what is taken here is not worked on`,
        zh: `上次走过两个队列的在 ${ago.zh}前出发：这里收到的消息没有处理`,
      },
      lookWhere,
    )
  },
  'first-unread': (first: string) =>
    skipped({ en: `${first} can't be read, so nothing is compared`, zh: `读不到 ${first}，无从比较` }),
  same: () =>
    ok({
      en: 'the same secret, version, people and silences; its clock is right',
      zh: '密钥、版本、人员、静默都相同，时钟准确',
    }),
  reports: (vantages: number) =>
    ok({
      en: vantages === 1 ? 'those of the one vantage arrive' : `those of all ${vantages} vantages arrive`,
      zh: `${vantages} 处观测点的都送到`,
    }),
  'reports-missing': (failing: Deliveries['failing'], now: Instant) => {
    const each = ({ vantage, since, why }: Deliveries['failing'][number], language: Language) => {
      const time = shortDuration(whole(now - since), language)
      return language === 'zh'
        ? `${vantage} 的已有 ${time}送不到（${why ?? '没有应答'}）`
        : `those of ${vantage} do not arrive for ${time} (${why ?? 'no answer'})`
    }
    const detail = inBoth((language) => failing.map((one) => each(one, language)).join(words[language].list))
    return warning(detail, {
      en: 'other regions have them; look at the way from there to this region, and at what the probe may send to (docs/guides/several-regions.md, "Deploying")',
      zh: '别的地域收得到；查看从那里到这个地域的路径，以及探测函数可以送往哪里（见 docs/guides/several-regions.zh-CN.md“部署”）',
    })
  },
  'other-secret': () =>
    fault(differs({ code: 'other-secret', args: {} }), {
      en: 'replicate the secret of the first region and deploy with its copy: docs/guides/several-regions.md, "Deploying"',
      zh: '复制第一个地域的密钥，用副本重新部署：见 docs/guides/several-regions.zh-CN.md“部署”',
    }),
  clock: (aheadMs: number) =>
    warning(differs({ code: 'clock', args: { aheadMs } }), {
      en: "look at AWS's health page of that region; nothing of ours sets the clock of a cloud",
      zh: '查看 AWS 该地域的健康状况；云的时钟不由我们校准',
    }),
  people: (projects: string[], stage: string | undefined) =>
    fault(differs({ code: 'people', args: { projects } }), typed(`bin/fenghuo.js apply --stage ${stage}`)),
  silences: (count: number) =>
    warning(differs({ code: 'silences', args: { count } }), {
      en: 'look again in two minutes: watch takes them over; if they stay, look at its log in both',
      zh: '两分钟后再看：watch 会接过去；仍然不同就看两边 watch 的日志',
    }),
  version: (version: string, stage: string | undefined) =>
    warning(differs({ code: 'version', args: { version } }), typed(`bin/fenghuo.js deploy --stage ${stage}`)),
})
