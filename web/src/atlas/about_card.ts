// What an atlas was made of, and what it can be taken along as.

import { html, nothing, type TemplateResult } from "lit-html";
import { artifactPath } from "../jobs/asking";
import { copy } from "../parts/copy";
import { follow } from "../parts/file";
import { hashOf } from "../parts/place";
import { count, shape, titled } from "../parts/words";
import { countedAs, labelOf, type Atlas } from "./document";
import { datasetName } from "./gallery";

export function aboutCard(atlas: Atlas): TemplateResult {
  const { id, document } = atlas;
  return html`<section class="card" aria-labelledby="about-title">
    <h2 id="about-title">${titled(document.kind)} of ${datasetName(document.dataset)}</h2>
    <dl class="facts">
      <dt>Model</dt>
      <dd><a href=${hashOf("model", [document.model])}>${document.model}</a></dd>
      <dt>Layer</dt>
      <dd>
        <a href=${hashOf("model", [document.model, ...document.layer.split("/")])}
          >${document.layer}</a
        >, ${shape(document.layer_shape)}
      </dd>
      ${ofClasses(atlas)}
      <dt>Images</dt>
      <dd>${count(document.images)}${document.unread ? `, ${count(document.unread)} unread` : ""}</dd>
      <dt>${titled(countedAs(atlas))}</dt>
      <dd>${count(document.points)}</dd>
      <dt>Grids</dt>
      <dd>${document.grids.map(({ grid, cells }) => `${grid} × ${grid} (${count(cells)} cells)`).join(", ")}</dd>
    </dl>
    <div class="buttons is-after">
      <button class="plain" id="copy-link" type="button" @click=${copy(() => location.href)}>
        Copy link
      </button>
      <a
        class="button plain"
        href=${artifactPath(id, document.preview_path)}
        @click=${follow(artifactPath(id, document.preview_path))}
        target="_blank"
        >Picture</a
      >
      <a class="button plain" href=${hashOf("jobs", [id])}>Job and files</a>
    </div>
  </section>`;
}

function ofClasses(atlas: Atlas) {
  const { class_filter: target, versus } = atlas.document;
  if (target === null || target === undefined) return nothing;
  return html`<dt>${versus == null ? "Class" : "Classes"}</dt>
    <dd>
      ${labelOf(atlas, target)}${versus == null ? "" : ` (left) and ${labelOf(atlas, versus)} (right)`}
    </dd>`;
}
