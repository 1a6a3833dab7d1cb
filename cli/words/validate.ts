import type { Language } from '../../shared/contracts/words.ts'

const en = {
  about: 'Check fenghuo.yml and oncall.yml: every mistake with its file, line and column',
  unset: (name: string, usedBy: string[]) => `${name} is not set in the environment; used by ${usedBy.join(', ')}`,
  nobody: 'there is no oncall.yml: the names in policies were not checked',
  fine: (counts: string[]) => `fine: ${counts.join(', ')}`,
}

const zh: typeof en = {
  about: '检查 fenghuo.yml 和 oncall.yml：每处错误都指出文件、行和列',
  unset: (name, usedBy) => `环境里没有设置 ${name}；用到它的：${usedBy.join('、')}`,
  nobody: '没有 oncall.yml：策略里的名字没有核对',
  fine: (counts) => `没有问题：${counts.join('，')}`,
}

/** The words of `validate`. */
export const validateWords: Record<Language, typeof en> = { en, zh }
