// Asking for what the state names, and nothing that is already there or under way.

import { known, methodOf } from "../known";
import { endHold, redraw } from "../parts/draw";
import { later } from "../parts/later";
import { ask, askFile, formOf, isAborted, refusalFrom } from "../service/ask";
import type { Explanation } from "../service/types";
import type { Picture } from "./picture";
import { readMap } from "./raw_map";
import { selectedPanel, type ExplainState, type Panel } from "./state";

/** Form fields that a panel's map depends on; the empty ones mean defaults. */
export function fieldsOf(state: ExplainState, panel: Panel): Record<string, string> {
  const method = methodOf(panel.method);
  return {
    model: state.model,
    target: state.target,
    versus: state.versus,
    layer: method?.uses_layer ? state.layer : "",
    seed: method?.uses_seed ? state.seed : "",
    polarity: state.polarity,
    colormap: state.colormap,
    ...panel.parameters,
  };
}

/** Ask for every map that is not there yet; what is no longer wanted is given up. */
export function update(state: ExplainState): void {
  const { picture } = state;
  if (!picture || !known.isReady || !state.model) return;
  for (const panel of state.panels) void explain(state, panel, picture);
  const selected = selectedPanel(state);
  if (state.withEvidence) void measure(state, selected, picture);
}

/** Ask for everything again that failed. */
export function retry(state: ExplainState): void {
  for (const panel of state.panels) {
    if (panel.refusal) panel.asked = "";
    if (panel.evidenceRefusal) panel.measured = "";
  }
  update(state);
}

async function explain(state: ExplainState, panel: Panel, picture: Picture): Promise<void> {
  // At full opacity the overlay is the map alone, so that the slider needs no further call.
  const fields = { ...fieldsOf(state, panel), outputs: "overlay,raw", opacity: "1" };
  const asked = JSON.stringify([picture.address, panel.method, fields]);
  if (asked === panel.asked) return;
  panel.asking?.abort();
  const asking = new AbortController();
  Object.assign(panel, { asked, asking, askedAt: performance.now(), refusal: null });
  redraw();
  // By then it is worth saying that it takes a while.
  void later().then(redraw);
  try {
    const { body, times } = await ask<Explanation>(explainPath(panel), {
      method: "POST",
      body: formOf(picture, fields),
      signal: asking.signal,
    });
    panel.map = body.raw ? readMap(body.raw) : null;
    Object.assign(panel, { answer: body, times, cell: null });
  } catch (error) {
    if (isAborted(error)) return;
    panel.refusal = refusalFrom(error);
    Object.assign(panel, { answer: null, map: null, cell: null });
    retryLater(state, panel);
  }
  panel.asking = null;
  endHold();
  redraw();
}

async function measure(state: ExplainState, panel: Panel, picture: Picture): Promise<void> {
  const fields = { ...fieldsOf(state, panel), outputs: "box", evidence: "true" };
  const measured = JSON.stringify([picture.address, panel.method, fields]);
  if (measured === panel.measured || panel.method === "auto") return;
  panel.measuring?.abort();
  const measuring = new AbortController();
  const evidence = null;
  Object.assign(panel, { measured, measuring, evidence, evidenceRefusal: null });
  redraw();
  try {
    const { body } = await ask<Explanation>(explainPath(panel), {
      method: "POST",
      body: formOf(picture, fields),
      signal: measuring.signal,
    });
    panel.evidence = body.evidence ?? null;
  } catch (error) {
    if (isAborted(error)) return;
    panel.evidenceRefusal = refusalFrom(error);
  }
  panel.measuring = null;
  redraw();
}

/** Ask once more after as long as the service says, if that question still stands. */
function retryLater(state: ExplainState, panel: Panel): void {
  const { refusal, asked } = panel;
  if (refusal?.retrySeconds == null) return;
  setTimeout(() => {
    if (panel.asked !== asked || panel.refusal !== refusal) return;
    panel.asked = "";
    update(state);
  }, refusal.retrySeconds * 1000);
}

/** Fetch the overlay as it is shown, as a PNG of the picture's own size. */
export const overlayFile = (
  state: ExplainState,
  panel: Panel,
  picture: Picture,
): Promise<Blob> =>
  askFile(explainPath(panel), {
    method: "POST",
    headers: { Accept: "image/png" },
    body: formOf(picture, {
      ...fieldsOf(state, panel),
      outputs: "overlay",
      opacity: String(state.opacity),
    }),
  });

const explainPath = (panel: Panel): string => `explain/${encodeURIComponent(panel.method)}`;
