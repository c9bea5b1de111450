// Files of the service in the page: by their addresses, or fetched with the key where one is
// needed, as an `<img>` or a link sends none.

import { nothing } from "lit-html";
import { askFile } from "../service/ask";
import { hasKey } from "../service/key";
import { save } from "./copy";
import { redraw } from "./draw";

/** Addresses of what was fetched; "" for what is on its way or did not come. */
const fetched = new Map<string, string>();

const MOST_KEPT = 200;

/** Where an `<img>` finds a file; nothing while it is being fetched. */
export function sourceOf(path: string): string | typeof nothing {
  if (!hasKey()) return path;
  const known = fetched.get(path);
  if (known === undefined) void fetchFor(path);
  return known || nothing;
}

async function fetchFor(path: string): Promise<void> {
  fetched.set(path, "");
  const [oldest] = fetched;
  if (fetched.size > MOST_KEPT && oldest) {
    URL.revokeObjectURL(oldest[1]);
    fetched.delete(oldest[0]);
  }
  try {
    fetched.set(path, URL.createObjectURL(await askFile(path)));
  } catch {
    // The place of the picture stays empty; the rest of the page says what is wrong.
    return;
  }
  redraw();
}

/** Forget files that another key has fetched. */
export function forgetFiles(): void {
  for (const address of fetched.values()) URL.revokeObjectURL(address);
  fetched.clear();
}

/** What a link to a file does when it is clicked: with a key, the file is saved. */
export const follow =
  (path: string) =>
  (event: Event): void => {
    if (!hasKey()) return;
    event.preventDefault();
    askFile(path).then(
      (blob) => save(blob, path.split("/").map(decodeURIComponent).at(-1) ?? "file"),
      redraw,
    );
  };
