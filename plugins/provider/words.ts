import type { Bilingual } from '../../shared/contracts/words.ts'

/** A service in a stage, and where that is. */
export interface Whereabouts {
  service: string
  stage: string
  cloud: Bilingual
  region: string
}

/** What the commands say. What is wrong with a configuration is worded beside the rule that it breaks. */
export const say = {
  deploying: (at: Whereabouts): Bilingual => ({ en: `Deploying ${to(at).en}`, zh: `正在部署 ${to(at).zh}` }),
  nothingDiffers: (at: Whereabouts): Bilingual => ({
    en: `Nothing differs: ${to(at).en} is as it should be`,
    zh: `没有差别：${to(at).zh} 已是应有的样子`,
  }),
  deployed: (at: Whereabouts): Bilingual => ({ en: `Deployed ${to(at).en}`, zh: `已部署 ${to(at).zh}` }),
  refused: ({ en, zh }: Bilingual): Bilingual => ({ en: `${en} would refuse this:`, zh: `${zh}会拒绝：` }),
  /** Of a function or a unit. */
  of: (name: string, { en, zh }: Bilingual): Bilingual => ({ en: `${name}: ${en}`, zh: `${name}：${zh}` }),
  sameName: (name: string): Bilingual => ({ en: `two functions are called ${name}`, zh: `有两个函数都叫 ${name}` }),
  nothingToRemove: (at: Whereabouts): Bilingual => ({
    en: `There is nothing to remove of ${within(at).en}`,
    zh: `没有可删除的：${within(at).zh}`,
  }),
  removed: (at: Whereabouts, names: string[]): Bilingual => ({
    en: `Removed ${within(at).en}: ${names.join(', ')}`,
    zh: `已删除 ${within(at).zh}：${names.join('、')}`,
  }),
  packaged: (): Bilingual => ({ en: 'Service packaged', zh: '已打包' }),
  noneDeployed: (): Bilingual => ({
    en: 'Nothing is deployed that could be rolled back',
    zh: '没有已部署的函数可以回滚',
  }),
  noneEarlier: (names: string[]): Bilingual => ({
    en: `Nothing is rolled back, for there is no earlier version of ${names.join(', ')}`,
    zh: `没有回滚：${names.join('、')} 没有更早的版本`,
  }),
  stays: (name: string, version: string | undefined): Bilingual => ({
    en: `${name}: version ${version ?? 'none'} stays live, for there is no earlier one`,
    zh: `${name}：没有更早的版本，版本 ${version ?? '无'} 继续生效`,
  }),
  liveAlready: (name: string, version: string): Bilingual => ({
    en: `${name}: version ${version} is live already`,
    zh: `${name}：版本 ${version} 已在生效`,
  }),
  live: (name: string, version: string, before: string | undefined): Bilingual => ({
    en: `${name}: version ${version} is live, ${before ?? 'none'} was`,
    zh: `${name}：版本 ${version} 已生效，此前为 ${before ?? '无'}`,
  }),
  notDeployed: (key: string): Bilingual => ({ en: `${key} is not deployed`, zh: `${key} 没有部署` }),
  noVersion: (key: string, version: string, known: string[]): Bilingual => ({
    en: `${key} has no version ${version}: it has ${known.join(', ')}`,
    zh: `${key} 没有版本 ${version}，有：${known.join('、')}`,
  }),
  noFunction: (key: string, known: string[]): Bilingual => ({
    en: `There is no function ${key}: the configuration has ${known.join(', ')}`,
    zh: `没有函数 ${key}，配置里有：${known.join('、')}`,
  }),
  failed: (key: string, requestId: string): Bilingual => ({
    en: `${key} failed (request ${requestId})`,
    zh: `${key} 执行失败（请求 ${requestId}）`,
  }),
  notThere: (path: string): Bilingual => ({ en: `${path} is not there`, zh: `没有 ${path}` }),
  noYaml: (where: string, reason: string): Bilingual => ({
    en: `${where} is no YAML: ${reason}`,
    zh: `${where} 不是 YAML：${reason}`,
  }),
  noJson: (where: string): Bilingual => ({
    en: `${where} is no JSON: give JSON, or add --raw to send it as text`,
    zh: `${where} 不是 JSON：请给出 JSON，或加 --raw 作为文本发送`,
  }),
  interval: (given: string): Bilingual => ({
    en: `--interval ${given}: milliseconds, at least 100`,
    zh: `--interval ${given}：单位为毫秒，至少 100`,
  }),
  noTime: (option: string, given: string): Bilingual => ({
    en: `${option} ${given}: write 10m, 2h, 1d or a time such as 2026-11-21T08:00:00Z`,
    zh: `${option} ${given}：写 10m、2h、1d，或时间，如 2026-11-21T08:00:00Z`,
  }),
  madeFor: (folder: string, key: string, made: string, given: string): Bilingual => ({
    en: `The package in ${folder} was made for ${key} ${made}: package it for ${given}`,
    zh: `${folder} 中的包是为 ${key} ${made} 打的：请为 ${given} 重新打包`,
  }),
  noState: (file: string, reason: string): Bilingual => ({
    en: `${file} can't be read: ${reason}. Make a package with sls package --package`,
    zh: `无法读取 ${file}：${reason}。用 sls package --package 打包`,
  }),
  noArtifact: (key: string): Bilingual => ({ en: `There is no artifact of ${key}`, zh: `${key} 没有打包结果` }),
  badZip: (key: string, path: string, reason: string): Bilingual => ({
    en: `The zip of ${key}, ${path}, can't be read: ${reason}`,
    zh: `无法读取 ${key} 的 zip ${path}：${reason}`,
  }),
  noCommand: ({ en, zh }: Bilingual, command: string): Bilingual => ({
    en: `${en} has no "${command}" in this plugin`,
    zh: `本插件没有${zh}的“${command}”命令`,
  }),
  noOption: ({ en, zh }: Bilingual, option: string): Bilingual => ({
    en: `${en} has no --${option} in this plugin`,
    zh: `本插件没有${zh}的 --${option} 选项`,
  }),
  noConnection: ({ en, zh }: Bilingual): Bilingual => ({
    en: `There is no connection to ${en}`,
    zh: `没有连接到${zh}`,
  }),
}

function to({ service, stage, cloud, region }: Whereabouts): Bilingual {
  return {
    en: `${service} to stage ${stage} (${cloud.en}, ${region})`,
    zh: `${service} 到 stage ${stage}（${cloud.zh}，${region}）`,
  }
}

function within({ service, stage, cloud, region }: Whereabouts): Bilingual {
  return {
    en: `${service} in stage ${stage} (${cloud.en}, ${region})`,
    zh: `stage ${stage} 的 ${service}（${cloud.zh}，${region}）`,
  }
}
