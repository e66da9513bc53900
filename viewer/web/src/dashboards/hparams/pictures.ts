/** The drawings of the page as SVG; set by them while they are on the screen. */

export interface Picture {
  svg: string;
  width: number;
  height: number;
}

export const pictures: { parallel: (() => Picture | null) | null; scatter: (() => Picture | null) | null } = {
  parallel: null,
  scatter: null,
};
