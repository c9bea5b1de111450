// What is seen of one layer: its filters, and its maps of a picture.

import type { Picture } from "../explain/picture";
import { redraw } from "../parts/draw";
import { ask, formOf, isAborted, queryOf, refusalFrom } from "../service/ask";
import type { Refusal } from "../service/refusal";
import type { FeatureMaps, Filters, Layer } from "../service/types";

export interface Wanted {
  model: string;
  layer: Layer;
  channels: string;
  picture: Picture | null;
}

/** Asks for both as soon as it is made. */
export class Insight {
  filters: Filters | null = null;
  filtersRefusal: Refusal | null = null;
  maps: FeatureMaps | null = null;
  mapsRefusal: Refusal | null = null;

  private readonly asking = new AbortController();

  constructor(readonly wanted: Wanted) {
    const { layer, picture } = wanted;
    if (layer.kernel_shape.length > 0) void this.askFilters();
    if (layer.output_shape.length === 3 && picture) void this.askMaps(picture);
  }

  /** Whether this is what somebody wants to see. */
  isOf({ model, layer, channels, picture }: Wanted): boolean {
    return (
      model === this.wanted.model &&
      layer.name === this.wanted.layer.name &&
      channels === this.wanted.channels &&
      picture?.address === this.wanted.picture?.address
    );
  }

  /** Want the answers no longer. */
  letGo(): void {
    this.asking.abort();
  }

  private async askFilters(): Promise<void> {
    const { model, layer, channels } = this.wanted;
    const path = [model, "layers", ...layer.name.split("/"), "filters"].map(encodeURIComponent);
    const outputs = "grid";
    try {
      const { body } = await ask<Filters>(
        `models/${path.join("/")}${queryOf({ channels, outputs })}`,
        { signal: this.asking.signal },
      );
      this.filters = body;
    } catch (error) {
      if (isAborted(error)) return;
      this.filtersRefusal = refusalFrom(error);
    }
    redraw();
  }

  private async askMaps(picture: Picture): Promise<void> {
    const { model, layer, channels } = this.wanted;
    try {
      const { body } = await ask<FeatureMaps>("explain/feature-maps", {
        method: "POST",
        body: formOf(picture, { model, layer: layer.name, channels }),
        signal: this.asking.signal,
      });
      this.maps = body;
    } catch (error) {
      if (isAborted(error)) return;
      this.mapsRefusal = refusalFrom(error);
    }
    redraw();
  }
}
