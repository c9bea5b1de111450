// The Explain view in the address: everything that a picture of it depends on, but for uploads.

import { FIRST_METHOD, MOST_PANELS, newPanel, type ExplainState } from "./state";

const PLAIN = ["model", "target", "versus", "layer", "polarity", "colormap", "seed"] as const;

/** In place of a sample's name: a picture that no address can carry. */
export const OWN_PICTURE = "own";

/** Write the state as a query. */
export function queryOfState(state: ExplainState): URLSearchParams {
  const query = new URLSearchParams();
  const put = (name: string, value: string) => value !== "" && query.set(name, value);
  const { picture } = state;
  if (picture) query.set("picture", picture.sample ?? OWN_PICTURE);
  else if (state.isPictureMissing) query.set("picture", OWN_PICTURE);
  query.set("methods", state.panels.map(({ method }) => method).join(","));
  for (const name of PLAIN) put(name, state[name]);
  if (state.opacity !== 0.5) query.set("opacity", String(state.opacity));
  if (state.withEvidence) query.set("evidence", "1");
  if (state.selected > 0) query.set("selected", String(state.selected));
  state.panels.forEach(({ parameters }, place) => {
    for (const [name, value] of Object.entries(parameters)) put(`${place}.${name}`, value);
  });
  return query;
}

/** Read a query into the state; panels that stay the same keep their answers. */
export function readQuery(query: URLSearchParams, state: ExplainState): void {
  for (const name of PLAIN) state[name] = query.get(name) ?? "";
  const opacity = Number(query.get("opacity") ?? 0.5);
  state.opacity = opacity >= 0 && opacity <= 1 ? opacity : 0.5;
  state.withEvidence = query.get("evidence") === "1";
  const methods = (query.get("methods") ?? "").split(",").filter(Boolean).slice(0, MOST_PANELS);
  state.panels = (methods.length ? methods : [FIRST_METHOD]).map((method, place) => {
    const old = state.panels[place];
    const panel = old?.method === method ? old : newPanel(method);
    panel.parameters = parametersOf(query, place);
    return panel;
  });
  const selected = Number(query.get("selected") ?? 0);
  state.selected = state.panels[selected] ? selected : 0;
}

const parametersOf = (query: URLSearchParams, place: number): Record<string, string> =>
  Object.fromEntries(
    [...query]
      .filter(([name]) => name.startsWith(`${place}.`))
      .map(([name, value]) => [name.slice(`${place}.`.length), value]),
  );
