// Where one channel of a layer is shown, for good.

import { hashOf } from "../parts/place";

/** The permanent address of a channel: `#/model/catsdogs/conv1_conv?unit=5`. */
export const unitAddress = (model: string, layer: string, channel: number): string =>
  hashOf("model", [model, ...layer.split("/")], new URLSearchParams({ unit: String(channel) }));
