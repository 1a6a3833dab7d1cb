import type { PluginBuild } from 'esbuild'

/**
 * What only doctor asks for (`diagnose.ts`, `diagnose-robot.ts`) is not deployed at all, for it looks from outside with the project's
 * sources; nor is where the AWS SDK would look for credentials after the environment, in which a function has its own.
 */
export function leaveOut({ onResolve }: PluginBuild): void {
  for (const filter of [neverDeployed, furtherCredentials])
    onResolve({ filter }, ({ path, kind }) => (kind === 'dynamic-import' ? { path, external: true } : undefined))
}

const neverDeployed = /^[.].*\/diagnose(-robot)?\.ts$/

/** Source: the SDK's `defaultProvider`, whose first link is the environment; Lambda puts a function's credentials there. */
const furtherCredentials = /^@(aws-sdk|smithy)\/credential-provider-/
