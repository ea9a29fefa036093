/**
 * Settings that were asked for, a line each, as they are now.
 * @param asked by name; those of a group are under its name
 * @param now of the same form, with all settings
 */
export function settingLines(asked: object, now: object): string[] {
  const current = now as Readonly<Record<string, unknown>>;
  return Object.entries(asked).flatMap(([name, value]: [string, unknown]) =>
    isGroup(value) ? settingLines(value, current[name] ?? {}) : [`  ${name}  ${textOf(current[name])}`],
  );
}

const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Days that are null are for ever; a list without entries has none. */
function textOf(value: unknown): string {
  if (value === null) return 'forever';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
