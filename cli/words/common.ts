import type { Language } from '../../shared/contracts/words.ts'

const en = {
  json: 'one object for machines',
  config: "what is watched (default: the project's fenghuo.yml)",
  oncall: "who is on call (default: the project's oncall.yml)",
  local: 'the local stack (unless you say where: it, if it runs)',
  stage: 'the deployment of this stage on AWS, such as prod',
  region: (usual: string) =>
    `of that deployment alone (default: the \`regions\` of fenghuo.yml, AWS_REGION, or ${usual})`,
  data: "the local stack's data (default: the project's .fenghuo)",
  console:
    'the console by which it is done, for whoever has no keys to AWS: https://HOST, its token in FENGHUO_CONSOLE_TOKEN (default: FENGHUO_CONSOLE_URL)',
  as: 'who you are in oncall.yml (default: the user of this machine)',
  number: 'of the incident, such as 1024',
  localStack: 'the local stack',
  deployment: (name: string, region: string) => `${name} in ${region}`,
  notNumber: 'should be the number of an incident, such as 1024.',
  warning: (text: string) => `warning: ${text}`,
  note: (text: string) => `note: ${text}`,
  perhapsThere: 'it may be known there',
  missed: (target: string, reason: string, remedy: string) => `${target} did not answer (${reason}): ${remedy}`,
  noProject: (name: string, guess: string) =>
    `no project is named \`${name}\`${guess}: its alerts go to those who run Fenghuo`,
  notAudited: (reason: string) => `done, but the audit does not know of it: ${reason}`,
  notPassedOn: (reason: string) => `done, but not yet passed on; watch will within a minute: ${reason}`,
}

const zh: typeof en = {
  json: '输出一个 JSON 对象，供程序读取',
  config: '监控什么（默认：项目的 fenghuo.yml）',
  oncall: '谁值班（默认：项目的 oncall.yml）',
  local: '本地栈（不指明何处时，它在运行就用它）',
  stage: 'AWS 上这个 stage 的部署，如 prod',
  region: (usual) => `只指该部署的这个地域（默认：fenghuo.yml 的 \`regions\`，否则 AWS_REGION 或 ${usual}）`,
  data: '本地栈的数据（默认：项目的 .fenghuo）',
  console:
    '由哪个控制台执行，没有 AWS 密钥也行：https://HOST，令牌放在 FENGHUO_CONSOLE_TOKEN（默认：FENGHUO_CONSOLE_URL）',
  as: '你是 oncall.yml 里的谁（默认：本机用户）',
  number: '告警单的编号，如 1024',
  localStack: '本地栈',
  deployment: (name, region) => `部署 ${name}（${region}）`,
  notNumber: '应为告警单的编号，如 1024。',
  warning: (text) => `警告：${text}`,
  note: (text) => `注意：${text}`,
  perhapsThere: '也许在那里',
  missed: (target, reason, remedy) => `${target}没有应答（${reason}）：${remedy}`,
  noProject: (name, guess) => `没有名为 \`${name}\` 的项目${guess}：它的告警会交给运维 Fenghuo 的人`,
  notAudited: (reason) => `已完成，但审计里没有记录：${reason}`,
  notPassedOn: (reason) => `已完成，但尚未传出；watch 会在一分钟内补上：${reason}`,
}

/** What several commands say. */
export const commonWords: Record<Language, typeof en> = { en, zh }
