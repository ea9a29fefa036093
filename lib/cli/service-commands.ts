import type { Commands } from './run-command.ts';

/** What talks to a service by its API, or reckons without one: also part of the package that people install. */
export const SERVICE_COMMANDS: Commands = {
  add: async () => (await import('./commands/add.ts')).addCommand,
  import: async () => (await import('./commands/import.ts')).importCommand,
  search: async () => (await import('./commands/search.ts')).searchCommand,
  list: async () => (await import('./commands/list.ts')).listCommand,
  show: async () => (await import('./commands/show.ts')).showCommand,
  why: async () => (await import('./commands/why.ts')).whyCommand,
  open: async () => (await import('./commands/open.ts')).openCommand,
  tag: async () => (await import('./commands/tag.ts')).tagCommand,
  retry: async () => (await import('./commands/retry.ts')).retryCommand,
  delete: async () => (await import('./commands/delete.ts')).deleteCommand,
  tenants: async () => (await import('./commands/tenants.ts')).tenantsCommand,
  reindex: async () => (await import('./commands/reindex.ts')).reindexCommand,
  check: async () => (await import('./commands/check.ts')).checkCommand,
  keys: async () => (await import('./commands/keys.ts')).keysCommand,
  export: async () => (await import('./commands/export.ts')).exportCommand,
  webhook: async () => (await import('./commands/webhook.ts')).webhookCommand,
  mcp: async () => (await import('./commands/mcp.ts')).mcpCommand,
  cost: async () => (await import('./commands/cost.ts')).costCommand,
  usage: async () => (await import('./commands/usage.ts')).usageCommand,
};
