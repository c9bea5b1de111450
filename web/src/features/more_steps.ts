// Further than a job went: another one, with twice the steps.

import { html, nothing } from "lit-html";
import { count } from "../parts/words";
import type { Job } from "../service/types";

interface Further {
  /** The most steps that a job may have; 0 if that is not known. */
  most: number;
  isOff: boolean;
  begin: (steps: number) => void;
}

/** A job goes on only from where it stopped; more steps are another job, from the beginning. */
export function moreSteps(job: Job, { most, isOff, begin }: Further) {
  const steps = Math.min(Number(job.params["steps"]) * 2, most);
  if (!(steps > Number(job.params["steps"]))) return nothing;
  return html`<section class="card" aria-labelledby="more-title">
    <h2 id="more-title">Not there yet?</h2>
    <p class="quiet">
      A job that is done cannot be continued. The same seed takes the same way again, and then goes
      further.
    </p>
    <div class="buttons is-after">
      <button
        class="plain"
        id="more-steps"
        type="button"
        ?disabled=${isOff}
        @click=${() => begin(steps)}
      >
        Begin anew with ${count(steps)} steps
      </button>
    </div>
  </section>`;
}
