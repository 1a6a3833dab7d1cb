import { fault, findingsOf, ok, skipped, warning } from '../../../shared/channels/diagnoses/finding.ts'
import { listIn } from '../../../shared/checks/phrases.ts'
import type { Bilingual, Language } from '../../../shared/contracts/words.ts'
import { shortDuration } from '../../../shared/messages/times.ts'
import { several } from '../counts.ts'

/** A sentence names no more checks. */
const NAMED = 3

const deployAll: Bilingual = {
  en: 'deploy this checkout everywhere: bin/fenghuo.js deploy',
  zh: '把这份代码部署到各处：bin/fenghuo.js deploy',
}

function namesIn(language: Language, checks: string[]): string {
  return listIn(language, checks.slice(0, NAMED), Math.max(0, checks.length - NAMED))
}

function agoIn(language: Language, ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (language === 'zh') return `${ms < 60_000 ? `${seconds} 秒` : shortDuration(ms, 'zh')}前`
  return `${ms < 60_000 ? `${seconds} s` : shortDuration(ms, 'en')} ago`
}

/** What is found of the probes of a vantage. */
export const found = findingsOf('probes', {
  'no-check': () => skipped({ en: 'no check runs from here', zh: '没有检查从这里执行' }),
  'not-played': (played: string[]) =>
    skipped({ en: `the local stack plays ${played.join(', ')}`, zh: `本地栈扮演的是 ${played.join('、')}` }),
  'never-reported': (remedy: Bilingual) => fault({ en: 'has never reported', zh: '从未上报' }, remedy),
  'not-of-some': (checks: string[], deploy: Bilingual) =>
    fault(
      {
        en: `reports, but not of ${namesIn('en', checks)}`,
        zh: `有上报，但没有 ${namesIn('zh', checks)}`,
      },
      {
        en: `${deploy.en}; or bin/fenghuo.js check from there if it is deployed`,
        zh: `${deploy.zh}；已部署的话，就从那里执行 bin/fenghuo.js check`,
      },
    ),
  faulty: () =>
    warning(
      {
        en: 'faulty: most of its checks fail while others see them up, so it has no vote',
        zh: '异常：多数检查失败而别处正常，不参与判定',
      },
      { en: 'look at this region and at the way from there', zh: '查看这个地域，以及从那里出去的路径' },
    ),
  heard: (checks: number, agoMs: number) =>
    ok({
      en: `${several(checks, 'check', 'en')}, heard ${agoIn('en', agoMs)}`,
      zh: `${several(checks, 'check', 'zh')}，最近上报于 ${agoIn('zh', agoMs)}`,
    }),
  silent: (name: string, agoMs: number) =>
    fault(
      {
        en: `${name} is silent: last heard ${agoIn('en', agoMs)}`,
        zh: `${name} 没有上报：最近一次在 ${agoIn('zh', agoMs)}`,
      },
      {
        en: 'look at its log and timer; its report may not reach the queue: key, network',
        zh: '查看它的日志和定时器；上报可能到不了队列：密钥、网络',
      },
    ),
  'no-report': () => skipped({ en: 'no report to tell by', zh: '没有上报可以比较' }),
  'clouds-number': () =>
    skipped({ en: 'the clouds number them by themselves: nothing to compare', zh: '各家云自己编号，无从比较' }),
  'one-version': (version: string) =>
    ok({ en: `all run ${version}, as this checkout is`, zh: `都运行 ${version}，与这份代码相同` }),
  'other-version': (version: string, ours: string) =>
    warning(
      { en: `all run ${version}, and this checkout is ${ours}`, zh: `都运行 ${version}，而这份代码是 ${ours}` },
      deployAll,
    ),
  'versions-differ': (versions: { version: string; vantages: string[] }[]) =>
    warning(
      {
        en: `differ: ${versions.map(({ version, vantages }) => `${version} at ${vantages.join(', ')}`).join('; ')}`,
        zh: `各不相同：${versions.map(({ version, vantages }) => `${vantages.join('、')} 为 ${version}`).join('；')}`,
      },
      deployAll,
    ),
})
