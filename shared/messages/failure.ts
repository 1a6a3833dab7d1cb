import type { Failure, FailureClass, FailureOf } from '../contracts/failure.ts'
import { ownProperty } from '../contracts/own-property.ts'
import { type ErrorTable, meaningOf } from '../contracts/vendor-errors.ts'
import type { Language } from '../contracts/words.ts'
import { duration } from './times.ts'
import { words } from './words.ts'

/** How vendors are named, by the type of the channel or voice route, and what puts right what a code of theirs says. */
export type VendorWords = Readonly<Record<string, { title: Record<Language, string>; errors: ErrorTable }>>

/** What somebody has none of. */
const noAddress: Record<FailureOf<'no-address'>['of'], Record<Language, string>> = {
  phone: { zh: '没有电话号码', en: 'no number' },
  email: { zh: '没有邮箱', en: 'no address' },
  wecom: { zh: '没有企业微信 ID', en: 'nobody with a user id of WeCom' },
  feishu: { zh: '没有飞书 ID', en: 'nobody with an id of Feishu' },
  slack: { zh: '没有 Slack 成员 ID，或没有应用', en: 'nobody with a member id of Slack, or no app' },
}

type Wording = {
  [Class in FailureClass]: Record<Language, string | ((failure: FailureOf<Class>, vendors: VendorWords) => string)>
}

const wording: Wording = {
  unreachable: { zh: '连接不上', en: 'not reached' },
  certificate: { zh: '证书不可信', en: "its certificate can't be trusted" },
  timeout: { zh: '没有及时回答', en: 'no answer in time' },
  'lost-answer': { zh: '连接在回答前断开', en: 'the connection broke before the answer' },
  'unreadable-answer': { zh: '回答无法识别', en: 'the answer is not one of its own' },
  refused: { zh: '被拒绝', en: 'refused' },
  busy: { zh: '对方繁忙', en: 'busy' },
  'rate-limited': { zh: '发送过于频繁', en: 'too many requests in a short time' },
  'over-quota': { zh: '超出配额', en: 'over a quota' },
  'no-balance': { zh: '套餐或余额已用完', en: 'no balance left' },
  'no-such-sender': { zh: '没有这个机器人、应用或实例', en: 'there is no such robot, application or instance' },
  'sender-disabled': { zh: '已被停用', en: 'disabled' },
  'recipient-gone': { zh: '群或收件人已不存在', en: 'the group or recipient is gone' },
  'no-keyword': { zh: '缺少机器人的关键词', en: "the robot's keyword is missing" },
  'security-setting': { zh: '关键词、签名或来源地址不符', en: 'keyword, signature or address not accepted' },
  'bad-credentials': { zh: '密钥、密码或令牌不对', en: 'key, password or token not accepted' },
  'not-allowed': { zh: '没有这项权限', en: 'not allowed' },
  'our-address': { zh: '我方地址不被接受', en: 'our address is not accepted' },
  'private-target': { zh: '目标是内网地址', en: 'its address is inside a private network' },
  'wrong-clock': { zh: '本机时钟不准', en: "this machine's clock is wrong" },
  'bad-request': { zh: '请求不被接受', en: 'the request is not accepted' },
  'content-refused': { zh: '内容不被接受', en: 'the content is not accepted' },
  'sign-refused': { zh: '短信签名未获批准', en: 'the signature is not approved' },
  'template-refused': { zh: '短信模板未获批准或变量不符', en: 'the template is not approved or has other variables' },
  'not-at-this-hour': { zh: '此时段不能发送', en: 'not at this hour' },
  'no-service-in-region': { zh: '该地域没有此服务', en: 'the region has no such service' },
  'bad-number': { zh: '号码无效', en: 'not a valid number' },
  'opted-out': { zh: '号码已退订或在黑名单中', en: 'the number is on a blacklist or has unsubscribed' },
  'country-closed': {
    zh: '不允许联系该号码所在的国家或地区',
    en: "calls or texts to the number's country are not allowed",
  },
  'line-busy': { zh: '占线', en: 'busy' },
  'no-answer': { zh: '无人接听', en: 'nobody picked up' },
  'not-reachable': { zh: '关机、不在服务区或已拒接', en: 'switched off, out of coverage, or declined' },
  'line-blocked': { zh: '可能被拦截', en: 'perhaps blocked' },
  'line-trouble': { zh: '线路故障', en: 'trouble of the line' },
  'not-delivered': { zh: '运营商未送达', en: 'the carrier did not deliver it' },
  'no-word': { zh: '没有收到结果', en: 'no word from the vendor' },
  gathering: { zh: '等待同时发生的其他告警', en: 'waits for other incidents of the same moment' },
  'in-another-call': { zh: '正在另一通电话中', en: 'in another call' },
  'called-off': { zh: '已撤销', en: 'called off' },
  'own-error': { zh: '烽火自身出错', en: 'an error of Fenghuo itself' },
  'no-time': { zh: '已没有时间尝试', en: 'no time left to try' },
  crashed: { zh: '发送进程崩溃', en: 'the sender crashed' },
  'no-text': { zh: '该渠道不发此类通知', en: 'the channel does not tell of this' },
  'no-route': { zh: '没有适用此号码的线路', en: 'no route takes this number' },
  'http-status': { zh: ({ status }) => `HTTP ${status}`, en: ({ status }) => `HTTP ${status}` },
  'day-used-up': {
    zh: ({ perDay }) => `该号码今天的 ${perDay} 条短信已用完`,
    en: ({ perDay }) => `today's ${perDay} texts to this number are used up`,
  },
  'too-long': { zh: ({ maxBytes }) => `超过 ${maxBytes} 字节`, en: ({ maxBytes }) => `over ${maxBytes} bytes` },
  'no-address': {
    zh: ({ of }) => noAddress[of].zh,
    en: ({ of }) => noAddress[of].en,
  },
  'no-contact': {
    zh: ({ contact }) => (contact === undefined ? '此人已不是联系人' : `没有名为 ${contact} 的联系人`),
    en: ({ contact }) =>
      contact === undefined ? 'the person is no contact any more' : `no contact is named ${contact}`,
  },
  'no-channel': { zh: ({ name }) => `没有配置渠道 ${name}`, en: ({ name }) => `no channel ${name} is configured` },
  'no-such-type': { zh: ({ type }) => `没有类型 ${type}`, en: ({ type }) => `there is no type ${type}` },
  'not-configured': {
    zh: ({ variables }) => `未设置环境变量：${variables.join('、')}`,
    en: ({ variables }) => `environment variables not set: ${variables.join(', ')}`,
  },
  'not-read': {
    zh: ({ variables }) => `密钥库暂时读不到：${variables.join('、')}`,
    en: ({ variables }) => `the secret store does not answer for ${variables.join(', ')}`,
  },
  'no-template': {
    zh: ({ template }) => `没有配置模板 ${template}`,
    en: ({ template }) => `no template "${template}" is configured`,
  },
  'callee-limit': {
    zh: ({ limit, ms }) => `该号码${duration(ms, 'zh')}内最多呼叫 ${limit} 次，未拨出`,
    en: ({ limit, ms }) =>
      `takes ${limit} ${limit === 1 ? 'call' : 'calls'} to this number in ${duration(ms, 'en')}, so it was not asked`,
  },
  'own-throttle': {
    zh: ({ limit, ms }) => `此人设了${duration(ms, 'zh')}内最多 ${limit} 次`,
    en: ({ limit, ms }) => `they want at most ${limit} in ${duration(ms, 'en')}`,
  },
  'our-limit': {
    zh: ({ per, limit }) => `我方限速：每${{ second: '秒', minute: '分钟', day: '天' }[per]} ${limit} 次`,
    en: ({ per, limit }) => `our own limit of ${limit} a ${per}`,
  },
  'routes-refused': {
    zh: ({ each }, vendors) => each.map((failure) => failureText(failure, 'zh', vendors)).join('；'),
    en: ({ each }, vendors) => each.map((failure) => failureText(failure, 'en', vendors)).join('; '),
  },
}

const details: Record<Language, { colon: string; tries: (count: number) => string }> = {
  zh: { colon: '：', tries: (count) => `试了 ${count} 次` },
  en: { colon: ': ', tries: (count) => `after ${count} tries` },
}

/**
 * Why something failed, for people: who, in our words, then the vendor's code and its own words in quotation marks, and what to do
 * about it. A vendor that `vendors` lacks is not named.
 */
export function failureText(failure: Failure, language: Language, vendors: VendorWords = {}): string {
  const { colon, tries } = details[language]
  const { code, said } = failure
  const own = [code, said === undefined ? undefined : `“${said}”`].filter((part) => part !== undefined).join(' ')
  const vendor = ownProperty(vendors, failure.vendor ?? '')
  const title = vendor?.title[language]
  const told = [title, inOurWords(failure, language, vendors), own].filter(Boolean).join(colon)
  const tried = failure.tries === undefined ? told : `${told}${words[language].comma}${tries(failure.tries)}`
  const remedy = vendor && meaningOf(vendor.errors, code ?? '', said)?.remedy?.[language]
  return remedy === undefined ? tried : `${tried} → ${remedy}`
}

function inOurWords<Class extends FailureClass>(
  failure: FailureOf<Class>,
  language: Language,
  vendors: VendorWords,
): string {
  const said = wording[failure.class as Class][language]
  return typeof said === 'string' ? said : said(failure, vendors)
}
