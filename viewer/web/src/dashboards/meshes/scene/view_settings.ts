/**
 * What a log says about how to see a mesh, as far as it is known here: names and settings of three.js classes, as
 * TensorBoard takes them. Everything has bounds, and what is not known is named instead of used.
 */

import type { LoggedObject, LoggedSettings, Point } from "../../../api/meshes";

export const USUAL_FOV = 50;

export type LightKind = "AmbientLight" | "DirectionalLight" | "HemisphereLight" | "PointLight" | "SpotLight";

export interface LightSettings {
  kind: LightKind;
  /** 0xrrggbb. */
  color: number;
  groundColor: number;
  intensity: number;
  position: Point;
}

export type MaterialKind =
  | "MeshBasicMaterial"
  | "MeshLambertMaterial"
  | "MeshNormalMaterial"
  | "MeshPhongMaterial"
  | "MeshPhysicalMaterial"
  | "MeshStandardMaterial"
  | "MeshToonMaterial"
  | "PointsMaterial";

export interface MaterialSettings {
  kind: MaterialKind;
  /** Undefined where the log does not say. */
  color: number | undefined;
  emissive: number | undefined;
  specular: number | undefined;
  roughness: number | undefined;
  metalness: number | undefined;
  shininess: number | undefined;
  opacity: number | undefined;
  wireframe: boolean;
  flatShading: boolean;
  /** Of points, in units of the mesh, or pixels if they look as large from everywhere. */
  size: number | undefined;
  sizeAttenuation: boolean;
}

export interface ViewSettings {
  /** Degrees, from top to bottom. */
  fov: number;
  isOrthographic: boolean;
  zoom: number;
  /** Where the eye is at first. */
  eye: Point | null;
  /** Null: the usual ones. */
  lights: LightSettings[] | null;
  material: MaterialSettings | null;
  /** Names of classes that are not known here. */
  unknown: string[];
}

const LIGHTS: readonly string[] = [
  "AmbientLight",
  "DirectionalLight",
  "HemisphereLight",
  "PointLight",
  "SpotLight",
] satisfies LightKind[];

const MATERIALS: readonly string[] = [
  "MeshBasicMaterial",
  "MeshLambertMaterial",
  "MeshNormalMaterial",
  "MeshPhongMaterial",
  "MeshPhysicalMaterial",
  "MeshStandardMaterial",
  "MeshToonMaterial",
  "PointsMaterial",
] satisfies MaterialKind[];

const WHITE = 0xffffff;
const MOST_INTENSITY = 100;

export function readSettings({ camera, lights, material }: LoggedSettings): ViewSettings {
  const isOrthographic = camera?.cls === "OrthographicCamera";
  const unknown: string[] = [];
  if (camera && !isOrthographic && camera.cls !== "PerspectiveCamera") unknown.push(camera.cls);
  const known = lights?.filter(({ cls }) => LIGHTS.includes(cls) || !unknown.push(cls)) ?? [];
  if (material && !MATERIALS.includes(material.cls)) unknown.push(material.cls);
  return {
    fov: number(camera?.fov, 1, 150) ?? USUAL_FOV,
    isOrthographic,
    zoom: number(camera?.zoom, 0.01, 100) ?? 1,
    eye: point(camera?.position),
    lights: known.length ? known.map(light) : null,
    material: material && MATERIALS.includes(material.cls) ? materialOf(material) : null,
    unknown: [...new Set(unknown)],
  };
}

const light = (said: LoggedObject): LightSettings => ({
  kind: said.cls as LightKind,
  color: color(said.color ?? said.skyColor) ?? WHITE,
  groundColor: color(said.groundColor) ?? WHITE,
  intensity: number(said.intensity, 0, MOST_INTENSITY) ?? 1,
  position: point(said.position) ?? [0, 1, 0],
});

const materialOf = (said: LoggedObject): MaterialSettings => ({
  kind: said.cls as MaterialKind,
  color: color(said.color),
  emissive: color(said.emissive),
  specular: color(said.specular),
  roughness: number(said.roughness, 0, 1),
  metalness: number(said.metalness, 0, 1),
  shininess: number(said.shininess, 0, 1000),
  opacity: said.transparent === true ? number(said.opacity, 0, 1) : undefined,
  wireframe: said.wireframe === true,
  flatShading: said.flatShading === true,
  size: number(said.size, 0, 1e9),
  sizeAttenuation: said.sizeAttenuation !== false,
});

function number(value: unknown, least: number, most: number): number | undefined {
  if (typeof value !== "number" || !Number.isFinite(value)) return undefined;
  return Math.min(most, Math.max(least, value));
}

function point(value: unknown): Point | null {
  const isPoint = Array.isArray(value) && value.length === 3 && value.every((one) => Number.isFinite(one));
  return isPoint ? (value as unknown as Point) : null;
}

/** Of `#rgb`, `#rrggbb` or a whole number. */
function color(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isInteger(value) && value >= 0 && value <= WHITE ? value : undefined;
  if (typeof value !== "string") return undefined;
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(value);
  const long = short
    ? short
        .slice(1)
        .map((digit) => digit + digit)
        .join("")
    : /^#([0-9a-f]{6})$/i.exec(value)?.[1];
  return long === undefined ? undefined : Number.parseInt(long, 16);
}
