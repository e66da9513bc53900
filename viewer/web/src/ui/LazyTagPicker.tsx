import { lazily } from "./lazily";

/** `TagPicker`, for pages that open it on demand. */
export const TagPicker = lazily(async () => (await import("./TagPicker")).TagPicker);
