import { several } from '../../checks/phrases.ts'
import type { Bilingual } from '../../contracts/words.ts'
import { testPage } from '../diagnoses/diagnosis.ts'
import { fault, findingsOf, ok, skipped, typed, warning } from '../diagnoses/finding.ts'
import { raiseQuota } from './fault.ts'

const deployAgain = { en: 'deploy again', zh: '重新部署' }
const lookAgain = { en: 'look again in a minute', zh: '过一分钟再看' }

const deploy = (stage: string | undefined) => typed(`npx sls deploy --stage ${stage}`)

/** Whose numbers: how many, and how they begin. */
function whose(count: number, prefix: string): Bilingual {
  return { en: `${several(count, 'number')} beginning with ${prefix}`, zh: `${count} 个 ${prefix} 开头的号码` }
}

/** What doctor may find of an instance of Amazon Connect. */
export const found = findingsOf('connect', {
  'not-active': (status: string | undefined) =>
    fault(
      { en: `its status is ${status}`, zh: `状态为 ${status}` },
      { en: 'look at the instance in the console', zh: '在控制台查看该实例' },
    ),
  'no-calls-out': () =>
    fault(
      { en: 'it may not call out', zh: '不允许呼出' },
      { en: 'enable outbound calls under Telephony in the console', zh: '在控制台的 Telephony 中启用呼出' },
    ),
  active: (alias: string | undefined) =>
    ok({
      en: `${alias ?? 'without an alias'} is active and may call out`,
      zh: `${alias ?? '（无别名）'} 可用，允许呼出`,
    }),
  'no-flow': () =>
    fault(
      {
        en: 'no flow: neither the route nor the deployed page names one',
        zh: '没有流程：线路和部署的 page 函数都没有指定',
      },
      deployAgain,
    ),
  'flow-not-active': (state: string | undefined) =>
    fault(
      { en: `its state is ${state}`, zh: `状态为 ${state}` },
      { en: 'activate it in the console, or deploy again', zh: '在控制台启用，或重新部署' },
    ),
  'flow-not-published': (status: string | undefined) =>
    fault(
      { en: `its status is ${status}: not published`, zh: `状态为 ${status}：没有发布` },
      { en: 'publish it, or deploy again', zh: '发布它，或重新部署' },
    ),
  'flow-of-other-type': (type: string | undefined) =>
    fault(
      { en: `its type is ${type}`, zh: `类型为 ${type}` },
      { en: 'calls out take a flow of type CONTACT_FLOW', zh: '呼出需要 CONTACT_FLOW 类型的流程' },
    ),
  'own-flow': () =>
    ok({
      en: 'active and published; it is your own, so its content is yours to know',
      zh: '已启用并发布；这是你自己的流程，内容由你负责',
    }),
  'flow-as-ours': () => ok({ en: "active, published, and this version's", zh: '已启用并发布，与本版本一致' }),
  'flow-to-others': (functions: string[], stage: string | undefined) =>
    fault(
      {
        en: `it brings keys to ${functions.join(', ')}: nobody can acknowledge by key`,
        zh: `它把按键送到 ${functions.join('、')}：无人能按键认领`,
      },
      deploy(stage),
    ),
  'flow-differs': (blocks: string[], stage: string | undefined) =>
    warning(
      {
        en: `it is not this version's: ${several(blocks.length, 'block')} differ, such as ${blocks[0]}`,
        zh: `与本版本不一致：${blocks.length} 个块不同，如 ${blocks[0]}`,
      },
      deploy(stage),
    ),
  'no-flow-in-it': (stage: string | undefined) =>
    fault({ en: 'its content is no flow', zh: '内容不是流程' }, deploy(stage)),
  'caller-claimed': (caller: string) =>
    ok({ en: `${caller} is claimed to the instance`, zh: `${caller} 已归该实例所有` }),
  'caller-not-claimed': (caller: string) =>
    fault(
      { en: `${caller} is not claimed to the instance`, zh: `${caller} 不归该实例所有` },
      {
        en: 'claim it, or write a number of the instance into fenghuo.yml',
        zh: '申领它，或在 fenghuo.yml 写上该实例的号码',
      },
    ),
  'quota-unseen': (reason: string) =>
    skipped(
      { en: `can't be seen: ${reason}`, zh: `看不到：${reason}` },
      {
        en: 'allow servicequotas:ListServiceQuotas to whoever asks',
        zh: '给查询者 servicequotas:ListServiceQuotas 权限',
      },
    ),
  'quota-not-listed': () =>
    skipped(
      { en: 'Service Quotas does not list it', zh: 'Service Quotas 没有列出' },
      {
        en: 'the usual one is ten calls at once; the console shows it',
        zh: '一般为同时 10 个呼叫；控制台可以看到',
      },
    ),
  'quota-enough': (calls: number, most: number) =>
    ok({
      en: `${calls} calls at once; the largest layer calls ${most}`,
      zh: `同时 ${calls} 个呼叫；最大的一层呼叫 ${most} 人`,
    }),
  'quota-too-low': (calls: number, most: number) =>
    warning(
      {
        en: `${calls} calls at once, and a layer calls ${most}: the others wait`,
        zh: `同时 ${calls} 个呼叫，而有一层要呼叫 ${most} 人：其余的要等`,
      },
      raiseQuota,
    ),
  'no-numbers': () => skipped({ en: "nobody's number goes this way", zh: '没有人的号码走这条线路' }),
  'country-untold': (count: number, prefix: string, stage: string | undefined) => {
    const { en, zh } = whose(count, prefix)
    return skipped(
      { en: `${en}: no API tells whether they may be called`, zh: `${zh}：没有接口能说明可否呼叫` },
      testPage(stage),
    )
  },
  'country-by-case': (count: number, prefix: string, stage: string | undefined) => {
    const [{ en, zh }, test] = [whose(count, prefix), testPage(stage)]
    return warning(
      {
        en: `${en}: an instance calls there after a support case only, and no API tells whether there was one`,
        zh: `${zh}：提过支持工单的实例才能呼叫那里，没有接口能说明是否提过`,
      },
      {
        en: `have AWS Support allow ${prefix} for the instance; ${test.en}`,
        zh: `请 AWS Support 为该实例开通 ${prefix}；${test.zh}`,
      },
    )
  },
  'not-there': (reason: string) =>
    fault(
      { en: `not there: ${reason}`, zh: `不存在：${reason}` },
      { en: 'check CONNECT_INSTANCE_ID and the region, and deploy', zh: '检查 CONNECT_INSTANCE_ID 和地域，再部署' },
    ),
  throttled: (reason: string) => warning({ en: `can't be seen: ${reason}`, zh: `看不到：${reason}` }, lookAgain),
  'bad-credentials': (reason: string) =>
    warning(
      { en: `can't be seen: ${reason}`, zh: `看不到：${reason}` },
      { en: 'see the line of the AWS credentials', zh: '见 AWS 凭证那一行' },
    ),
  'not-allowed': (reason: string, action: string) =>
    warning(
      { en: `can't be seen: ${reason}`, zh: `看不到：${reason}` },
      { en: `allow connect:${action} to whoever asks`, zh: `给查询者 connect:${action} 权限` },
    ),
})
