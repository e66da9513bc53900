/** What a picture's file is called when it is kept. */

const EXTENSIONS: Readonly<Record<string, string>> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/gif": "gif",
  "image/webp": "webp",
  "image/bmp": "bmp",
  "audio/wav": "wav",
  "audio/mpeg": "mp3",
  "audio/flac": "flac",
  "audio/ogg": "ogg",
};

const LONGEST = 80;

/** `samples-batch_run-1_step-30.png`; characters that file systems or shells trip over are left out. */
export function fileName(tag: string, run: string, step: number, type: string, item: number | null = null): string {
  const place = item === null ? [] : [String(item + 1)];
  const parts = [plain(tag), plain(run), `step-${step}`, ...place].filter(Boolean);
  return `${parts.join("_")}.${EXTENSIONS[type] ?? "bin"}`;
}

const plain = (name: string): string =>
  name
    .replace(/[^\p{L}\p{N}.=-]+/gu, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .slice(0, LONGEST);
