// What every view of the page is.

import type { TemplateResult } from "lit-html";

export interface View {
  title: string;
  /** Come here, or to another place within. */
  enter: (path: readonly string[], query: URLSearchParams) => void;
  /** Go elsewhere: whatever was followed is let go. */
  leave: () => void;
  /** The view as it stands. */
  template: () => TemplateResult;
}
