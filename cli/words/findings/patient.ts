import { fault, findingsOf, typed } from '../../../shared/channels/diagnoses/finding.ts'

/** What keeps several areas from being looked at. */
export const found = findingsOf('deployment', {
  'function-untold': (name: string, reason: string) =>
    fault(
      { en: `Lambda does not tell of ${name}: ${reason}`, zh: `Lambda 不肯说 ${name} 的情况：${reason}` },
      {
        en: 'allow lambda:GetFunctionConfiguration to whoever asks',
        zh: '给查询者 lambda:GetFunctionConfiguration 权限',
      },
    ),
  'no-function': (target: string, name: string, stage: string | undefined) =>
    fault(
      { en: `${target} has no function ${name}`, zh: `${target} 没有函数 ${name}` },
      typed(`npx sls deploy --stage ${stage}`),
    ),
  'no-function-in': (name: string, region: string, config: string, stage: string | undefined) =>
    fault(
      { en: `there is no function ${name} in ${region}`, zh: `${region} 没有函数 ${name}` },
      typed(`npx sls deploy --config ${config} --stage ${stage} --region ${region}`),
    ),
  'secrets-unread': (path: string, reason: string) =>
    fault(
      { en: `its secrets in ${path}/ can't be read: ${reason}`, zh: `读不到它在 ${path}/ 的密钥：${reason}` },
      { en: 'allow ssm:GetParameters to whoever asks', zh: '给查询者 ssm:GetParameters 权限' },
    ),
  'not-set': (names: string[], isHere: boolean) => {
    const verb = names.length === 1 ? 'is' : 'are'
    const [en, zh] = isHere ? ['here', '这里'] : ['in the deployed functions', '部署的函数里']
    return fault(
      { en: `${names.join(', ')} ${verb} not set ${en}`, zh: `${zh}没有设置 ${names.join('、')}` },
      { en: 'set what is missing, and deploy', zh: '设置缺少的，再部署' },
    )
  },
  'other-version': (reason: string) =>
    fault(
      { en: reason, zh: `记录是别的版本写的：${reason}` },
      {
        en: 'run one release everywhere; the CHANGELOG says what to delete',
        zh: '各处运行同一版本；要删什么见 CHANGELOG',
      },
    ),
})
