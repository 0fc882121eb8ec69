// Locks in time: when they were touched last, and how long somebody waits for one.
import { utimesSync } from 'node:fs';

/** As if the last touch had come so much earlier. */
export function age(file: string, seconds: number): void {
  const then = Date.now() / 1000 - seconds;
  utimesSync(file, then, then);
}

export async function timed<T>(work: Promise<T>): Promise<{ readonly result: T; readonly seconds: number }> {
  const began = performance.now();
  const result = await work;
  return { result, seconds: (performance.now() - began) / 1000 };
}
