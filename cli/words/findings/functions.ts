import { fault, findingsOf, ok, skipped, typed, warning } from '../../../shared/channels/diagnoses/finding.ts'
import type { Bilingual } from '../../../shared/contracts/words.ts'
import { several } from '../counts.ts'

const deployAgain: Bilingual = { en: 'deploy again', zh: '重新部署' }

const packageAgain = (stage: string | undefined) => `npx sls package --stage ${stage}` as const

/** What is found of the functions of a deployment. */
export const found = findingsOf('functions', {
  active: (runtime: string) => ok({ en: `active on ${runtime}`, zh: `正常，运行于 ${runtime}` }),
  'not-active': (state: string) =>
    fault(
      { en: `its state is ${state}`, zh: `状态为 ${state}` },
      { en: 'wait if it is Pending; else deploy again', zh: 'Pending 就等一等；否则重新部署' },
    ),
  'update-failed': () => fault({ en: 'its last update has failed', zh: '上次更新失败了' }, deployAgain),
  'no-such-vantage': (vantage: string | undefined) =>
    fault(
      {
        en: `it plays ${vantage}, which is no vantage of this configuration`,
        zh: `它扮演 ${vantage}，配置里没有这个观测点`,
      },
      { en: 'name it under `vantages`, and deploy', zh: '写进 `vantages`，再部署' },
    ),
  unset: (names: string[]) =>
    fault(
      { en: `without ${names.join(', ')}`, zh: `缺少 ${names.join('、')}` },
      { en: 'set what is missing where you deploy, and deploy', zh: '在部署的地方设置缺少的，再部署' },
    ),
  'not-stored': (path: string, names: string[], remedy: Bilingual) =>
    fault({ en: `${path}/ is without ${names.join(', ')}`, zh: `${path}/ 里没有 ${names.join('、')}` }, remedy),
  'nothing-packaged': (stage: string | undefined) =>
    skipped(
      { en: 'nothing packaged here to compare with', zh: '这里没有打包过，无从比较' },
      typed(packageAgain(stage)),
    ),
  'as-packaged': (count: number) =>
    ok({
      en: `what was packaged here last is deployed: ${several(count, 'function', 'en')}`,
      zh: `部署的就是这里上次打包的：${several(count, 'function', 'zh')}`,
    }),
  'not-as-packaged': (names: string[], stage: string | undefined) =>
    warning(
      {
        en: `not what was packaged here last: ${names.join(', ')}`,
        zh: `与这里上次打包的不同：${names.join('、')}`,
      },
      { en: `${packageAgain(stage)}; or deploy`, zh: `${packageAgain(stage)}；或部署` },
    ),
  'no-queue-calls': () => fault({ en: 'no queue calls it', zh: '没有队列调用它' }, deployAgain),
  'nothing-comes': () => ok({ en: 'nothing comes to it as configured', zh: '按配置没有消息进入' }),
  called: () => ok({ en: 'it calls the function', zh: '会调用该函数' }),
  'trigger-off': (states: (string | undefined)[]) =>
    fault(
      {
        en: `its trigger is ${states.join(', ')}: nothing on it is worked on`,
        zh: `触发器为 ${states.join('、')}：上面的消息没有处理`,
      },
      {
        en: 'aws lambda update-event-source-mapping --enabled, as the runbook says',
        zh: '按运维手册执行 aws lambda update-event-source-mapping --enabled',
      },
    ),
  runs: (count: number, minutes: number) =>
    ok({
      en: `${several(count, 'run', 'en')} in the last ${minutes} minutes`,
      zh: `最近 ${minutes} 分钟 ${several(count, 'run', 'zh')}`,
    }),
  'no-runs': (minutes: number) =>
    fault(
      {
        en: `no run in the last ${minutes} minutes: nobody finds overdue pages`,
        zh: `最近 ${minutes} 分钟没有运行：逾期的呼叫无人发现`,
      },
      {
        en: 'enable the rule that calls it in EventBridge, or deploy again',
        zh: '在 EventBridge 启用调用它的规则，或重新部署',
      },
    ),
  'no-limit-named': () => skipped({ en: 'the answer names no limit', zh: '应答里没有上限' }),
  'enough-at-once': (most: number) => ok({ en: `${most} functions may run at once`, zh: `同时可运行 ${most} 个函数` }),
  'too-few-at-once': (most: number, region: string | undefined) =>
    warning(
      {
        en: `${most} functions may run at once in ${region}, of this account's all: in a storm pages wait`,
        zh: `${region} 里这个账号全部只能同时运行 ${most} 个函数：风暴时呼叫要等`,
      },
      {
        en: 'ask for 1000: Service Quotas → AWS Lambda → Concurrent executions',
        zh: '申请 1000：Service Quotas → AWS Lambda → Concurrent executions',
      },
    ),
})
