import type { Language } from '../../shared/contracts/words.ts'

const en = {
  /** `where`: of what, to or in which stage, in which cloud and region. */
  deploying: (where: string) => `Deploying ${where}`,
  nothingDiffers: (where: string) => `Nothing differs: ${where} is as it should be`,
  deployed: (where: string) => `Deployed ${where}`,
  to: (service: string, stage: string, place: string) => `${service} to stage ${stage} (${place})`,
  in: (service: string, stage: string, place: string) => `${service} in stage ${stage} (${place})`,
  refused: (cloud: string) => `${cloud} would refuse this:`,
  nothingToRemove: (where: string) => `There is nothing to remove of ${where}`,
  removed: (where: string, names: string) => `Removed ${where}: ${names}`,
  packaged: 'Service packaged',
  noneDeployed: 'Nothing is deployed that could be rolled back',
  noneEarlier: (names: string) => `Nothing is rolled back, for there is no earlier version of ${names}`,
  none: 'none',
  stays: (name: string, version: string) => `${name}: version ${version} stays live, for there is no earlier one`,
  liveAlready: (name: string, version: string) => `${name}: version ${version} is live already`,
  live: (name: string, version: string, before: string) => `${name}: version ${version} is live, ${before} was`,
  notDeployed: (key: string) => `${key} is not deployed`,
  noVersion: (key: string, version: string, known: string) => `${key} has no version ${version}: it has ${known}`,
  noFunction: (key: string, known: string) => `There is no function ${key}: the configuration has ${known}`,
}

const zh: typeof en = {
  deploying: (where) => `正在部署 ${where}`,
  nothingDiffers: (where) => `没有差别：${where} 已是应有的样子`,
  deployed: (where) => `已部署 ${where}`,
  to: (service, stage, place) => `${service} 到 stage ${stage}（${place}）`,
  in: (service, stage, place) => `stage ${stage} 的 ${service}（${place}）`,
  refused: (cloud) => `${cloud} 会拒绝：`,
  nothingToRemove: (where) => `没有可删除的：${where}`,
  removed: (where, names) => `已删除 ${where}：${names}`,
  packaged: '已打包',
  noneDeployed: '没有已部署的函数可以回滚',
  noneEarlier: (names) => `没有回滚：${names} 没有更早的版本`,
  none: '无',
  stays: (name, version) => `${name}：没有更早的版本，版本 ${version} 继续生效`,
  liveAlready: (name, version) => `${name}：版本 ${version} 已在生效`,
  live: (name, version, before) => `${name}：版本 ${version} 已生效，此前为 ${before}`,
  notDeployed: (key) => `${key} 没有部署`,
  noVersion: (key, version, known) => `${key} 没有版本 ${version}，有：${known}`,
  noFunction: (key, known) => `没有函数 ${key}，配置里有：${known}`,
}

/** What deploying, removing and rolling back say. */
export const providerWords: Record<Language, typeof en> = { en, zh }
