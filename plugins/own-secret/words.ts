import type { Bilingual } from '../../shared/contracts/words.ts'

interface Place {
  parameter: string
  region: string
}

/** What whoever deploys or removes is told of the deployment's secret; `reason`: whoever was asked says it. */
export const say = {
  made: ({ parameter, region }: Place): Bilingual => ({
    en: `${parameter} is made, the secret of ack links and heartbeat keys: it stays in the parameter store of ${region}`,
    zh: `已生成 ${parameter}，即认领链接和心跳密钥所用的密钥：存于 ${region} 的参数存储`,
  }),
  copied: ({ parameter, region, from }: Place & { from: string }): Bilingual => ({
    en: `${parameter} of ${region} has the secret that ${from} has`,
    zh: `${region} 的 ${parameter} 已沿用 ${from} 的密钥`,
  }),
  mayGo: (secretArn: string): Bilingual => ({
    en: `secretArn ${secretArn} has a name that CloudFormation gives: if an earlier version made it, or it is a copy of that one, it goes when the first region is deployed. Leave secretArn out then: this deployment takes over what it holds`,
    zh: `secretArn ${secretArn} 是 CloudFormation 起的名：如果来自早先版本或是其副本，部署第一个地域时它会被删除。那就不要再写 secretArn：部署会沿用它的值`,
  }),
  failed: ({ parameter, region }: Place, reason: string): Bilingual => ({
    en: `Not deployed: ${parameter} of ${region} can't be read or made (${reason}). This takes ssm:GetParameters and ssm:PutParameter, in each region, lambda:GetFunctionConfiguration and, once after an earlier version, secretsmanager:GetSecretValue`,
    zh: `没有部署：读不到也建不了 ${region} 的 ${parameter}（${reason}）。需要各地域的 ssm:GetParameters、ssm:PutParameter、lambda:GetFunctionConfiguration，从早先版本升级时还要一次 secretsmanager:GetSecretValue`,
  }),
  stays: ({ parameter, region }: Place, reason: string): Bilingual => ({
    en: `${parameter} stays in the parameter store of ${region} (${reason}): aws ssm delete-parameter --region ${region} --name ${parameter}`,
    zh: `${parameter} 仍在 ${region} 的参数存储里（${reason}）：aws ssm delete-parameter --region ${region} --name ${parameter}`,
  }),
}
