/** The lights of a scene: those that the log asks for, or some of ours. */

import {
  AmbientLight,
  Color,
  DirectionalLight,
  HemisphereLight,
  type Light,
  LinearSRGBColorSpace,
  PointLight,
  SpotLight,
} from "three";
import type { Point } from "../../../api/meshes";
import type { LightSettings } from "./view_settings";

/** Since three.js counts in physical units, a light is weaker by this than it was where logged intensities come from. */
const UNIT = Math.PI;

/** A colour as it is, not taken for one of a screen that has to be made linear first. */
export const rawColor = (hex: number): Color => new Color().setHex(hex, LinearSRGBColorSpace);

/** Lights that stand beside the eye and move with it, so that what is looked at is lit from there. */
export function usualLights(): Light[] {
  const beside = new DirectionalLight(0xffffff, 0.7 * UNIT);
  beside.position.set(-0.4, 0.6, 1);
  return [new AmbientLight(0xffffff, 0.45 * UNIT), beside];
}

/** `toScene` takes places from the log's coordinates to the scene's. */
export function loggedLights(settings: readonly LightSettings[], toScene: (point: Point) => Point): Light[] {
  return settings.map((said) => {
    const light = make(said);
    light.color = rawColor(said.color);
    // Only the direction of these counts; they shine at the origin, wherever the mesh is.
    const isFar = light instanceof DirectionalLight || light instanceof HemisphereLight;
    light.position.set(...(isFar ? said.position : toScene(said.position)));
    return light;
  });
}

function make({ kind, groundColor, intensity }: LightSettings): Light {
  const strength = intensity * UNIT;
  if (kind === "DirectionalLight") return new DirectionalLight(0xffffff, strength);
  if (kind === "HemisphereLight") {
    const light = new HemisphereLight(0xffffff, 0xffffff, strength);
    light.groundColor = rawColor(groundColor);
    return light;
  }
  // Without decay: the scene's unit is not the log's.
  if (kind === "PointLight") return new PointLight(0xffffff, strength, 0, 0);
  if (kind === "SpotLight") return new SpotLight(0xffffff, strength, 0, Math.PI / 3, 0, 0);
  return new AmbientLight(0xffffff, strength);
}
