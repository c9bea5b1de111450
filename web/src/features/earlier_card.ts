// Pictures that were made before.

import { html, nothing } from "lit-html";
import { artifactPath } from "../jobs/asking";
import { statusBadge } from "../jobs/job_card";
import { OPEN } from "../jobs/wording";
import { sourceOf } from "../parts/file";
import { hashOf } from "../parts/place";
import { moment } from "../parts/words";
import type { Job } from "../service/types";

/** Those that are done or being made, without the one that is shown. */
export function earlierCard(jobs: readonly Job[], shown: string | undefined) {
  const made = jobs.filter(
    ({ id, status }) => id !== shown && (status === "succeeded" || OPEN.has(status)),
  );
  if (made.length === 0) return nothing;
  return html`<section class="card" aria-labelledby="earlier-title">
    <h2 id="earlier-title">Earlier ones</h2>
    <ul class="earlier">
      ${made.map(
        (job) =>
          html`<li>
            <a href=${hashOf("features", [job.id])}>
              ${
                job.status === "succeeded"
                  ? html`<img src=${sourceOf(artifactPath(job.id, "grid.png"))} alt="" loading="lazy" />`
                  : html`<span class="no-picture" aria-hidden="true">…</span>`
              }
              <span>${titleOf(job)}</span>
              <span class="quiet">${moment(job.created_at)}</span>
              ${job.status === "succeeded" ? nothing : statusBadge(job)}
            </a>
          </li>`,
      )}
    </ul>
  </section>`;
}

/** What a job makes pictures of: `channel 0-8 of conv1`. */
function titleOf({ params }: Job): string {
  const [what, layer] = [params["objective"], params["layer"] ?? "the last map"];
  if (what === "logit") return `Classes ${String(params["classes"])}`;
  if (what === "layer") return `Layer ${String(layer)}`;
  const channels = String(params["channels"]).replaceAll(/,\s*/g, ", ");
  return `Channels ${channels} of ${String(layer)}`;
}
