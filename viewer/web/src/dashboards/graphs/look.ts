/** The colours of a graph: of its ground and lines by the theme, of its boxes by what they are coloured by. */

import { type Appearance, cssColor, mix, toHex } from "../../draw/colors";
import type { Box } from "../../graphs/scene";

/** All are `#rrggbb`. */
export interface Look {
  appearance: Appearance;
  ground: string;
  /** Open scopes, by depth in turn. */
  bodies: readonly [string, string];
  surface: string;
  border: string;
  line: string;
  faintLine: string;
  text: string;
  muted: string;
  faint: string;
  accent: string;
}

export function lookOf(appearance: Appearance): Look {
  const color = (name: string): string => toHex(cssColor(name, appearance));
  const [surface, page, text, muted] = [color("--surface"), color("--page"), color("--text"), color("--text-muted")];
  return {
    appearance,
    ground: page,
    bodies: [mix(surface, page, 0.75), mix(page, surface, 0.75)],
    surface,
    border: color("--border-strong"),
    line: mix(muted, page, 0.55),
    faintLine: mix(muted, page, 0.35),
    text,
    muted,
    faint: color("--text-faint"),
    accent: color("--accent"),
  };
}

export interface BoxColors {
  fill: string;
  border: string;
  /** Of an open box, below its head. */
  body: string;
  text: string;
  muted: string;
}

/** How strongly a box is tinted, and its border; amounts more than kinds, since they are compared. */
const TINTS = {
  kinds: { light: [0.16, 0.62], dark: [0.24, 0.58] },
  amounts: { light: [0.5, 0.9], dark: [0.6, 0.95] },
} as const;
/** Of an open box, in which others lie. */
const BODY_TINT = 0.05;
/** What is not of what is traced is all but gone. */
const DIMMED = 0.28;

/** The colours of boxes; `colorOf` says what they are tinted with, null for nothing. Made once for each colour. */
export class BoxPalette {
  private readonly known = new Map<string, BoxColors>();

  constructor(
    readonly look: Look,
    private readonly colorOf: (box: Box) => string | null,
    private readonly isLit: (box: Box) => boolean,
    private readonly saying: keyof typeof TINTS = "kinds",
  ) {}

  colors(box: Box): BoxColors {
    const color = this.colorOf(box);
    const lit = this.isLit(box);
    const key = `${color} ${lit} ${box.isExpanded ? box.depth % 2 : ""}`;
    let made = this.known.get(key);
    if (!made) {
      made = this.make(color, lit, box);
      this.known.set(key, made);
    }
    return made;
  }

  isDimmed(box: Box): boolean {
    return !this.isLit(box);
  }

  private make(color: string | null, lit: boolean, box: Box): BoxColors {
    const { look } = this;
    const [tint, edge] = TINTS[this.saying][look.appearance];
    const body = look.bodies[box.depth % 2] as string;
    const colors = {
      fill: color ? mix(color, look.surface, tint) : look.surface,
      border: color ? mix(color, look.surface, edge) : look.border,
      body: color && box.isExpanded ? mix(color, body, BODY_TINT) : body,
      text: look.text,
      muted: look.muted,
    };
    if (lit) return colors;
    const faded = (one: string): string => mix(one, look.ground, DIMMED);
    return {
      fill: faded(colors.fill),
      border: faded(colors.border),
      // What is open may hold what is traced: its ground stays.
      body: box.isExpanded ? mix(colors.body, look.ground, 0.5) : faded(colors.body),
      text: mix(colors.text, look.ground, DIMMED + 0.1),
      muted: faded(colors.muted),
    };
  }
}
