// The page: its head, the view that the address names, and what holds for all of them.

import { html, nothing, render, type TemplateResult } from "lit-html";
import { atlasView, beginAtlas, isAtlasOpen } from "./atlas/view";
import { datasetsView } from "./datasets/view";
import { begin, drag, explainHash, explainView, take } from "./explain/view";
import { beginFeatures, featuresView } from "./features/view";
import { jobsView } from "./jobs/view";
import { known, learn } from "./known";
import { beginModel, modelView } from "./model/view";
import { drawWith, redraw } from "./parts/draw";
import { keyButton, keyCard } from "./parts/key_card";
import { refusalNote } from "./parts/notes";
import { hashOf, placeOf } from "./parts/place";
import { isKeyWanted } from "./service/key";
import type { View } from "./view";
import "./look/colours.css";
import "./look/page.css";
import "./look/controls.css";
import "./look/explain.css";
import "./look/jobs.css";
import "./look/model.css";
import "./look/features.css";
import "./look/datasets.css";
import "./look/atlas.css";

const VIEWS: Readonly<Record<string, View>> = {
  explain: explainView,
  model: modelView,
  features: featuresView,
  atlas: atlasView,
  jobs: jobsView,
  datasets: datasetsView,
};

/** Every view that waited for the service goes on. */
function beginAll(): void {
  begin();
  beginModel();
  beginFeatures();
  beginAtlas();
}

const root = document.getElementById("page") as HTMLElement;

let shown = "";

/** Show what the address names; what it does not name is the Explain view. */
function go(): void {
  const place = placeOf(location.hash);
  const name = place.view in VIEWS ? place.view : "explain";
  if (name !== shown) VIEWS[shown]?.leave();
  shown = name;
  const view = VIEWS[name] as View;
  document.title = `${view.title} · Vitrine`;
  view.enter(place.path, place.query);
  redraw();
}

const link = (name: string, { title }: View): TemplateResult =>
  html`<a
    href=${name === "explain" ? explainHash() : hashOf(name)}
    aria-current=${name === shown ? "page" : nothing}
    >${title}</a
  >`;

const page = (): TemplateResult =>
  html`<a class="skip" href="#main" @click=${skip}>Skip to the content</a>
    <header class="head">
      <img src="web/favicon.svg" alt="" width="32" height="32" />
      <span class="brand">Vitrine</span>
      <nav aria-label="Views">
        ${Object.entries(VIEWS).map(([name, view]) => link(name, view))}
        <a href="docs">HTTP interface</a>
        ${keyButton(withOtherKey)}
      </nav>
    </header>
    <main id="main" tabindex="-1">
      <h1 class="unseen">Vitrine: ${VIEWS[shown]?.title}</h1>
      ${keyCard(withOtherKey)}
      ${isKeyWanted() ? nothing : refusalNote(known.refusal, () => void learn(beginAll))}
      ${VIEWS[shown]?.template() ?? nothing}
    </main>`;

/** Begin anew with another key, or without one. */
function withOtherKey(): void {
  Object.assign(known, { refusal: null });
  VIEWS[shown]?.leave();
  go();
  void learn(beginAll);
}

/** Go to the content without leaving the place that the address names. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

/** Whether the view that is shown does something with a new picture. */
const usesPicture = (): boolean => shown === "model" || isAtlasOpen();

/** Take a picture wherever the page is, and show it where pictures are shown. */
function takeAnywhere(file: File | undefined): void {
  if (!file) return;
  if (!usesPicture()) location.hash = explainHash();
  void take(file);
}

document.addEventListener("paste", ({ clipboardData }) =>
  takeAnywhere(clipboardData?.files[0]),
);
document.addEventListener("dragover", (event) => {
  event.preventDefault();
  drag(true);
});
document.addEventListener("dragleave", ({ relatedTarget }) => {
  if (relatedTarget === null) drag(false);
});
document.addEventListener("drop", (event) => {
  event.preventDefault();
  drag(false);
  takeAnywhere(event.dataTransfer?.files[0]);
});

drawWith(() => render(page(), root));
window.addEventListener("hashchange", go);
go();
void learn(beginAll);
