// The API key, where the service asks for one: kept for this tab, and sent as a header.

const KEPT_AS = "vitrine.key";

/** Whether the service has asked for a key, or for another one, since it was last given. */
let isWanted = false;

/** The key of this tab; "" for none. Browsers that keep nothing for a page refuse to look. */
export function keptKey(): string {
  try {
    return sessionStorage.getItem(KEPT_AS) ?? "";
  } catch {
    return "";
  }
}

/** Keep a key until the tab is closed; "" forgets it. */
export function keepKey(key: string): void {
  isWanted = false;
  try {
    if (key === "") sessionStorage.removeItem(KEPT_AS);
    else sessionStorage.setItem(KEPT_AS, key);
  } catch {
    // It is asked for again.
  }
}

export const hasKey = (): boolean => keptKey() !== "";

export const isKeyWanted = (): boolean => isWanted;

/** Note from an answer's status that a key is wanted. */
export function noteStatus(status: number): void {
  if (status === 401) isWanted = true;
}

/** The headers by which the service knows who asks. */
export function keyHeaders(): Record<string, string> {
  const key = keptKey();
  return key === "" ? {} : { Authorization: `Bearer ${key}` };
}
