/** Dollars of an estimate: cents, or what rounds to none; whole ones from a hundred on. */
export function dollars(usd: number): string {
  if (usd > 0 && usd < 0.005) return 'under 0.01';
  const digits = usd < 100 ? 2 : 0;
  return usd.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A number of things that nobody counts one by one: three digits of it. */
export function about(amount: number): string {
  const [unit, name] = amount >= 1e9 ? [1e9, ' billion'] : amount >= 1e6 ? [1e6, ' million'] : [1, ''];
  return (amount / unit).toLocaleString('en', { maximumSignificantDigits: 3 }) + name;
}
