import type { FactOf } from '../../shared/contracts/fact.ts'
import type { Bilingual } from '../../shared/contracts/words.ts'

/** What a deployment lacks. A package keeps it, and whoever deploys that package is told of it in their own language. */
export type Lack = FactOf<{
  instance: object
  /** A function that reads secrets may not. */
  role: { fn: string }
  variable: { name: string; file: string; fn: string }
  /** `from`: which of our own variables it is taken from; null: it stands in the service's configuration. */
  value: { name: string; fn: string; from: string | null }
  /** `putting`: the command that puts it there. */
  parameter: { path: string; name: string; region: string; putting: string }
}>

/** What else packaging tells. */
export type Note = FactOf<{
  'left-out': { fn: string; vantage: string; kinds: string[] }
  reads: { fn: string; prefix: string; names: string[] }
  /** `reason`: whoever was asked says it. */
  'unknown-parameters': { path: string; names: string[]; reason: string }
}>

type Fact = Lack | Note

const wording: { [Code in Fact['code']]: (args: Extract<Fact, { code: Code }>['args']) => Bilingual } = {
  instance: () => ({
    en: 'the Connect instance is not named: set CONNECT_INSTANCE_ID',
    zh: '没有指明 Connect 实例：设置 CONNECT_INSTANCE_ID',
  }),
  role: ({ fn }) => ({
    en: `${fn} reads secrets and has no role: set --param="role=…"`,
    zh: `${fn} 要读取密钥，却没有角色：设置 --param="role=…"`,
  }),
  variable: ({ name, file, fn }) => ({
    en: `${name} is not set, and ${file} needs it for ${fn}`,
    zh: `没有设置 ${name}，而 ${file} 的 ${fn} 需要它`,
  }),
  value: ({ name, fn, from }) => ({
    en: `${name} of ${fn} has no value${from === null ? '' : `: set ${from}`}`,
    zh: `${fn} 的 ${name} 没有值${from === null ? '' : `：设置 ${from}`}`,
  }),
  parameter: ({ path, name, region, putting }) => ({
    en: `${path}/${name} is not in the parameter store of ${region}: ${putting}`,
    zh: `${region} 的参数存储里没有 ${path}/${name}：${putting}`,
  }),
  'left-out': ({ fn, vantage, kinds }) => ({
    en: `${fn} is left out: ${vantage} has no check of ${kinds.join(', ')}`,
    zh: `略去 ${fn}：${vantage} 没有 ${kinds.join('、')} 检查`,
  }),
  reads: ({ fn, prefix, names }) => ({
    en: `${fn} reads from ${prefix}: ${names.join(', ')}`,
    zh: `${fn} 从 ${prefix} 读取：${names.join('、')}`,
  }),
  'unknown-parameters': ({ path, names, reason }) => ({
    en: `Whether ${path}/ has ${names.join(', ')} is not known: ${reason}`,
    zh: `不知道 ${path}/ 下有没有 ${names.join('、')}：${reason}`,
  }),
}

/** A sentence for whoever packages or deploys. */
export function told({ code, args }: Fact): Bilingual {
  return wording[code](args as never)
}

/** What stands above several lines. */
export const heads = {
  notDeployed: { en: 'Not deployed:', zh: '没有部署：' },
  notDeployable: { en: "This package can't be deployed:", zh: '这个包还不能部署：' },
  packagedSo: { en: 'Not deployed, for when this was packaged', zh: '没有部署，因为打包时：' },
  nothing: { en: 'There is nothing to run:', zh: '没有可运行的：' },
  mistakes: (file: string): Bilingual => ({ en: `Mistakes in ${file}:`, zh: `${file} 有误：` }),
}

/** Why packaging stops. */
export const faults = {
  unreadable: (file: string, reason: string): Bilingual => ({
    en: `${file} can't be read: ${reason}`,
    zh: `读不了 ${file}：${reason}`,
  }),
  environment: (fn: string, bytes: number, most: number): Bilingual => ({
    en: `The environment of ${fn} has ${bytes} bytes, and may have ${most}`,
    zh: `${fn} 的环境变量有 ${bytes} 字节，上限为 ${most}`,
  }),
  parameter: (name: string, meant: Bilingual): Bilingual => ({
    en: `there is no parameter ${name}${meant.en}`,
    zh: `没有参数 ${name}${meant.zh}`,
  }),
  parameters: (known: string[]): Bilingual => ({
    en: `There are ${known.join(', ')}`,
    zh: `有：${known.join('、')}`,
  }),
  noPart: { en: 'no function of this name carries a configuration', zh: '没有以此为名、带配置的函数' },
  wrongSecrets: (secrets: string, own: string): Bilingual => ({
    en: `secrets is ${secrets}: it is ${own} or environment`,
    zh: `secrets 是 ${secrets}：应为 ${own} 或 environment`,
  }),
}
