// What one channel looks for and what it turns from: two jobs, found again or ordered.

import { listJobs, submitJob } from "../jobs/asking";
import { Followed } from "../jobs/following";
import { redraw } from "../parts/draw";
import { refusalFrom } from "../service/ask";
import type { Refusal } from "../service/refusal";
import type { Job } from "../service/types";

const KIND = "activation-maximization";

/** Jobs that are looked through for those of the channel, the newest first. */
const LOOKED_THROUGH = "100";

export interface Unit {
  model: string;
  layer: string;
  channel: number;
}

/** One for what raises the channel, one for what lowers it. */
export const SIGNS = ["positive", "negative"] as const;
export type Sign = (typeof SIGNS)[number];

export class UnitPictures {
  readonly jobs = new Map<Sign, Followed>();
  refusal: Refusal | null = null;
  /** Not yet known what there is, or being ordered. */
  isBusy = true;
  private isLetGo = false;

  constructor(readonly unit: Unit) {
    void this.asking(async () => {
      const { jobs } = await listJobs({ kind: KIND, limit: LOOKED_THROUGH });
      for (const sign of SIGNS) {
        const made = jobs.find((job) => isOf(job, unit, sign));
        if (made) this.follow(sign, made.id);
      }
    });
  }

  isOf({ model, layer, channel }: Unit): boolean {
    const { unit } = this;
    return model === unit.model && layer === unit.layer && channel === unit.channel;
  }

  /** Follow no longer. */
  letGo(): void {
    this.isLetGo = true;
    for (const followed of this.jobs.values()) followed.letGo();
  }

  /** Order what is not there yet. */
  make(): Promise<void> {
    return this.asking(async () => {
      for (const sign of SIGNS.filter((each) => !this.jobs.has(each))) {
        const { model, layer, channel } = this.unit;
        const job = await submitJob(KIND, model, {
          objective: "channel",
          layer,
          channels: String(channel),
          negative: sign === "negative",
        });
        this.follow(sign, job.id);
      }
    });
  }

  private follow(sign: Sign, id: string): void {
    if (!this.isLetGo) this.jobs.set(sign, new Followed(id));
  }

  private async asking(wish: () => Promise<void>): Promise<void> {
    Object.assign(this, { isBusy: true, refusal: null });
    redraw();
    try {
      await wish();
    } catch (error) {
      this.refusal = refusalFrom(error);
    }
    this.isBusy = false;
    redraw();
  }
}

/** Whether a job is for this channel alone, and has not gone wrong. */
function isOf({ model, params, status }: Job, unit: Unit, sign: Sign): boolean {
  return (
    model === unit.model &&
    params["objective"] === "channel" &&
    params["layer"] === unit.layer &&
    String(params["channels"]) === String(unit.channel) &&
    params["negative"] === (sign === "negative") &&
    status !== "failed" &&
    status !== "cancelled"
  );
}
