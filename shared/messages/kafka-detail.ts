/** A detail of a consumer group begins with where its offsets come from. */
const ofGroup = /^(?:CKafka|AliKafka|Kafka): (?=lag|consumption|stopped|offsets went|never|group not)/

const phrases: [RegExp, string][] = [
  [/: /, '：'],
  [/\blag keeps growing\b/g, '积压持续增长'],
  [/\bstopped committing\b/g, '停止提交'],
  [/\bconsumption stalled\b/g, '消费停滞'],
  [/\boffsets went back\b/g, '位点回退'],
  [/\blag ((?:\d|,\d)+)/g, '积压 $1 条'],
  [/\boldest (\w+)/, '最旧 $1'],
  [/ \(limit ([\d,]+)\)/g, '（限 $1 条）'],
  [/ \(limit (\w+)\)/g, '（限 $1）'],
  [/\b(\d+) partitions? not readable \(([^)]*)\)/, '$1 个分区读取失败（$2）'],
  [/\bgroup not readable \(([^)]*)\)/, '消费组读取失败（$1）'],
  [/\b(\d+) partitions? never committed\b/, '$1 个分区从未提交'],
  [/\bnever committed\b/, '从未提交'],
  [/\b(\d+) members?\b/, '$1 个成员'],
  [/\bwindow (\d+)% complete\b/, '窗口已有 $1%'],
  [/\band (\d+) more topics\b/, '另有 $1 个主题'],
  [/ (\d+\/\d+)(?= |$)/g, ' $1 分区'],
  [/ \(p(\d)/g, '（p$1'],
  [/\)(?=;|$)/g, '）'],
  [/; /g, '；'],
  [/, /g, '，'],
  [/(最旧|限) (\d+)s\b/g, '$1 $2 秒'],
  [/(最旧|限) (\d+)m\b/g, '$1 $2 分钟'],
  [/(最旧|限) (\d+)h\b/g, '$1 $2 小时'],
  [/(最旧|限) (\d+)d\b/g, '$1 $2 天'],
]

/** What was made of a consumer group, in Chinese; undefined if the detail is of something else. */
export function kafkaDetailInChinese(detail: string): string | undefined {
  if (!ofGroup.test(detail)) return undefined
  return phrases.reduce((text, [pattern, chinese]) => text.replace(pattern, chinese), detail)
}
