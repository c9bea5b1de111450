// Where the page is: the address behind `#`, as `#/jobs/ID` or `#/explain?methods=gradcam`.

export interface Place {
  view: string;
  path: string[];
  query: URLSearchParams;
}

/** Read the address; an empty one is the Explain view. */
export function placeOf(hash: string): Place {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [view = "", ...rest] = path.split("/").map(decodeURIComponent);
  return { view: view || "explain", path: rest, query: new URLSearchParams(query) };
}

/** Write an address. */
export function hashOf(
  view: string,
  path: readonly string[] = [],
  query: URLSearchParams = new URLSearchParams(),
): string {
  const words = [view, ...path].map(encodeURIComponent).join("/");
  // Commas and slashes are harmless here, and the address is for people.
  const shown = query.toString().replaceAll("%2C", ",").replaceAll("%2F", "/");
  return `#/${words}${shown ? `?${shown}` : ""}`;
}

/** Change the address without going anywhere. */
export function rewriteAddress(hash: string): void {
  if (location.hash !== hash) history.replaceState(null, "", hash);
}
