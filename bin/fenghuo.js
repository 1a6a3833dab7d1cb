#!/usr/bin/env node
// Plain JavaScript that any Node reads: the rest is TypeScript, which needs a Node that strips types.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const main = new URL('../cli/main.ts', import.meta.url)

if (process.features.typescript) {
  const { main: run } = await import(main.href)
  process.exitCode = await run(process.argv.slice(2))
} else {
  runWithOwnNode()
}

/** Starts again with the Node that `npm ci` brought along. */
function runWithOwnNode() {
  const node = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url))
  if (!existsSync(node)) {
    console.error(`fenghuo needs Node 24 and this is ${process.version}. Run "npm ci" first: it brings Node 24 along.`)
    process.exitCode = 1
    return
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal]
  })
}
