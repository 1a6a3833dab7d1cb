import * as z from 'zod'
import type { Scope } from './action.ts'
import { flag, pair } from './action.ts'
import { Refused } from './refused.ts'
import { checkDescription, checkEnvironment, checkInitTimeout, checkMemory, checkTimeout } from './rules.ts'
import type { Configuration } from './state.ts'

/** What CreateFunction and UpdateFunctionConfiguration have in common. */
export const configurationFields = {
  Description: z.string().optional(),
  MemorySize: z.int().optional(),
  Timeout: z.int().optional(),
  InitTimeout: z.int().optional(),
  Environment: z.strictObject({ Variables: z.array(pair) }).optional(),
  Role: z.string().optional(),
  VpcConfig: z.strictObject({ VpcId: z.string(), SubnetId: z.string() }).optional(),
  PublicNetConfig: z
    .strictObject({
      PublicNetStatus: z.enum(['ENABLE', 'DISABLE']),
      EipConfig: z.strictObject({ EipStatus: z.enum(['ENABLE', 'DISABLE']) }).optional(),
    })
    .optional(),
  DeadLetterConfig: z
    .strictObject({ Type: z.string(), Name: z.string(), FilterType: z.string().optional() })
    .optional(),
  Layers: z
    .array(z.strictObject({ LayerName: z.string(), LayerVersion: z.int() }))
    .max(5)
    .optional(),
  ClsLogsetId: z.string().optional(),
  ClsTopicId: z.string().optional(),
  InstallDependency: flag.optional(),
  DnsCache: flag.optional(),
  IntranetConfig: z.strictObject({ IpFixed: z.enum(['ENABLE', 'DISABLE']) }).optional(),
}

const shape = z.object(configurationFields)
type Given = z.output<typeof shape>

/** What a function has that says nothing. Logs go to the topic that the vendor makes in each region. */
export function defaultConfiguration(regionName: string): Configuration {
  return {
    Description: '',
    MemorySize: 128,
    Timeout: 3,
    InitTimeout: 65,
    Environment: { Variables: [] },
    Role: '',
    VpcConfig: { VpcId: '', SubnetId: '' },
    PublicNetConfig: { PublicNetStatus: 'ENABLE', EipConfig: { EipStatus: 'DISABLE' } },
    DeadLetterConfig: { Type: '', Name: '', FilterType: '' },
    ClsLogsetId: `scf-logset-${regionName}`,
    ClsTopicId: `scf-topic-${regionName}`,
    DnsCache: 'FALSE',
    IntranetConfig: { IpFixed: 'DISABLE' },
  }
}

/** The configuration that follows from `before` and what a request gives. Refuses what the vendor would. */
export function configured(before: Configuration, given: Given, { cloud }: Scope): Configuration {
  const { Environment, Layers, InstallDependency: _, PublicNetConfig, DeadLetterConfig, ...plain } = given
  if (given.Description !== undefined) checkDescription(given.Description)
  if (given.MemorySize !== undefined) checkMemory(given.MemorySize)
  if (given.Timeout !== undefined) checkTimeout(given.Timeout)
  if (given.InitTimeout !== undefined) checkInitTimeout(given.InitTimeout)
  if (given.Role && !cloud.settings.roles.includes(given.Role)) {
    throw new Refused('ResourceNotFound.Role', `The role ${given.Role} does not exist.`)
  }
  if (Layers?.some(({ LayerName }) => LayerName !== '')) {
    throw new Refused('ResourceNotFound.Layer', 'The account has no layers.')
  }
  if ((given.ClsTopicId === undefined) !== (given.ClsLogsetId === undefined)) {
    throw new Refused('InvalidParameterValue', 'ClsLogsetId and ClsTopicId go together.')
  }
  checkNetwork(given)
  const told = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined))
  const after: Configuration = { ...before, ...told }
  if (Environment) after.Environment = { Variables: checkEnvironment(Environment.Variables) }
  if (PublicNetConfig) {
    const { PublicNetStatus, EipConfig = { EipStatus: 'DISABLE' } } = PublicNetConfig
    after.PublicNetConfig = { PublicNetStatus, EipConfig }
  }
  if (DeadLetterConfig) {
    const { Type, Name, FilterType = '' } = DeadLetterConfig
    after.DeadLetterConfig = { Type, Name, FilterType }
  }
  return after
}

function checkNetwork({ VpcConfig }: Given): void {
  if (VpcConfig === undefined) return
  const { VpcId, SubnetId } = VpcConfig
  if (VpcId === '' && SubnetId === '') return
  if (!/^vpc-[a-z0-9]+$/.test(VpcId) || !/^subnet-[a-z0-9]+$/.test(SubnetId)) {
    throw new Refused('InvalidParameterValue.VpcConfig', 'A network is a vpc-… with a subnet-… of it.')
  }
}
