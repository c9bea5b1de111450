// Numbers and times as people read them.

/** A probability: `97.1 %`; never rounded to certainty. */
export function percent(part: number): string {
  const rounded = (part * 100).toFixed(1);
  if (part < 0.0005) return "< 0.1 %";
  return part < 1 && rounded === "100.0" ? "> 99.9 %" : `${rounded} %`;
}

/** Milliseconds: `9.3 ms`, `120 ms`, `2.4 s`. */
export function milliseconds(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** Seconds: `45 s`, `3 min`, `2 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 90) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A moment: `14:03` today, `3 Nov 14:03` before. */
export function moment(iso: string, now: Date = new Date()): string {
  const then = new Date(iso);
  const isToday = then.toDateString() === now.toDateString();
  const time: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };
  return then.toLocaleString(
    undefined,
    isToday ? time : { ...time, day: "numeric", month: "short" },
  );
}

/** Bytes: `812 B`, `31 kB`, `4.2 MB`. */
export function bytes(count: number): string {
  if (count < 1000) return `${count} B`;
  if (count < 1e6) return `${Math.round(count / 1e3)} kB`;
  return count < 1e9 ? `${(count / 1e6).toFixed(1)} MB` : `${(count / 1e9).toFixed(1)} GB`;
}

/** A number of a map: four significant digits. */
export const value = (number: number): string =>
  Number.isFinite(number) ? String(Number(number.toPrecision(4))) : "not finite";

/** A count with its thousands apart. */
export const count = (number: number): string => number.toLocaleString("en");

/** `7 × 7 × 768`; a side that varies is `?`. */
export const shape = (sides: readonly (number | null)[]): string =>
  sides.length === 0 ? "–" : sides.map((side) => side ?? "?").join(" × ");

/** `mask_count` as `mask count`. */
export const spaced = (name: string): string => name.replaceAll(/[_-]/g, " ");

/** The same with a capital letter. */
export const titled = (name: string): string => {
  const words = spaced(name);
  return words.charAt(0).toUpperCase() + words.slice(1);
};
