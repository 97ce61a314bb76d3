/** One figure. */
export function line(name: string, figure: string): void {
  console.log(`  ${name.padEnd(28)} ${figure}`);
}

export function heading(text: string): void {
  console.log(`\n${text}`);
}

export function share(ratio: number): string {
  return `${Math.round(ratio * 100)} %`;
}

/** The value below which so much of a sorted list lies. */
export function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
