import type { JSX } from "preact";
import { formatCount } from "../format/numbers";
import { IconButton } from "./IconButton";
import { nearestPage, pageCount } from "./pages";
import { TypedNumber } from "./TypedNumber";

interface Props {
  /** What is turned, for screen readers: "Cards of train". */
  label: string;
  count: number;
  /** 0: all. */
  perPage: number;
  /** 0-based. */
  page: number;
  onChange(page: number): void;
  testId?: string;
}

/** Turns the pages of a long list: `25–48 of 130 ‹ 2 of 6 ›`; nothing if all is on one page. */
export function Pager({ label, count, perPage, page, onChange, testId = "pager" }: Props): JSX.Element | null {
  const pages = pageCount(count, perPage);
  if (pages < 2) return null;
  const now = nearestPage(page, count, perPage);
  const first = now * perPage + 1;
  const last = Math.min(count, first + perPage - 1);
  const turn = (to: number): void => onChange(nearestPage(to, count, perPage));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a part of a toolbar is no <fieldset>
    <div class="pager" role="group" aria-label={label} data-testid={testId} data-page={now} data-pages={pages}>
      <span class="pager-range">
        {formatCount(first)}–{formatCount(last)} of {formatCount(count)}
      </span>
      <IconButton
        icon="previous"
        label="Previous page"
        disabled={now === 0}
        onClick={() => turn(now - 1)}
        testId={`${testId}-previous`}
      />
      <TypedNumber
        label={`${label}: page`}
        value={now + 1}
        min={1}
        max={pages}
        whole
        testId={`${testId}-number`}
        onChange={(typed) => turn(typed - 1)}
      />
      <span class="pager-range">of {formatCount(pages)}</span>
      <IconButton
        icon="next"
        label="Next page"
        disabled={now === pages - 1}
        onClick={() => turn(now + 1)}
        testId={`${testId}-next`}
      />
    </div>
  );
}
