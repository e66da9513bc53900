/** What points and triangles are made of: as the log asks, or plain. */

import {
  DoubleSide,
  type Material,
  MeshBasicMaterial,
  MeshLambertMaterial,
  MeshNormalMaterial,
  MeshPhongMaterial,
  MeshPhysicalMaterial,
  MeshStandardMaterial,
  MeshToonMaterial,
  PointsMaterial,
} from "three";
import { rawColor } from "./lights";
import type { MaterialSettings } from "./view_settings";

export interface Look {
  /** Whether points have colours of their own. */
  colored: boolean;
  /** 0xrrggbb of what has none, unless the log says. */
  color: number;
}

const WHITE = 0xffffff;

export interface PointLook extends Look {
  /** In pixels of the canvas, and how many times as large as logged. */
  pixels: number;
  factor: number;
  /** Of the mesh, in its own units; it is 1 in the scene. */
  radius: number;
}

/** Round points. */
export function pointMaterial(said: MaterialSettings | null, { colored, color, ...look }: PointLook): PointsMaterial {
  const isSized = said?.kind === "PointsMaterial" && said.size !== undefined;
  const attenuates = isSized && said.sizeAttenuation;
  const size = !isSized
    ? look.pixels
    : attenuates
      ? ((said.size ?? 0) / look.radius) * look.factor
      : (said.size ?? 0) * look.factor;
  const material = new PointsMaterial({ size, sizeAttenuation: attenuates, vertexColors: colored });
  material.color = rawColor(colored ? WHITE : (said?.color ?? color));
  setOpacity(material, said);
  material.onBeforeCompile = (shader) => {
    shader.fragmentShader = shader.fragmentShader.replace(
      "#include <clipping_planes_fragment>",
      "if (length(gl_PointCoord - 0.5) > 0.5) discard;\n#include <clipping_planes_fragment>",
    );
  };
  return material;
}

/** Both sides of triangles. */
export function faceMaterial(
  said: MaterialSettings | null,
  { colored, color }: Look,
  flat: boolean,
  wires: boolean,
): Material {
  const material = make(said);
  material.side = DoubleSide;
  material.vertexColors = colored;
  if ("color" in material) material.color = rawColor(said?.color ?? (colored ? WHITE : color));
  if ("wireframe" in material) material.wireframe = wires || (said?.wireframe ?? false);
  if ("flatShading" in material) material.flatShading = flat || (said?.flatShading ?? false);
  setOpacity(material, said);
  return material;
}

type FaceMaterial =
  | MeshBasicMaterial
  | MeshLambertMaterial
  | MeshNormalMaterial
  | MeshPhongMaterial
  | MeshStandardMaterial
  | MeshToonMaterial;

function make(said: MaterialSettings | null): FaceMaterial {
  const { emissive, specular, roughness, metalness, shininess } = said ?? {};
  switch (said?.kind) {
    case "MeshBasicMaterial":
      return new MeshBasicMaterial();
    case "MeshNormalMaterial":
      return new MeshNormalMaterial();
    case "MeshToonMaterial":
      return new MeshToonMaterial();
    case "MeshLambertMaterial": {
      const material = new MeshLambertMaterial();
      if (emissive !== undefined) material.emissive = rawColor(emissive);
      return material;
    }
    case "MeshPhongMaterial": {
      const material = new MeshPhongMaterial(shininess === undefined ? {} : { shininess });
      if (emissive !== undefined) material.emissive = rawColor(emissive);
      if (specular !== undefined) material.specular = rawColor(specular);
      return material;
    }
    default: {
      const settings = { roughness: roughness ?? 0.9, metalness: metalness ?? 0 };
      const material =
        said?.kind === "MeshPhysicalMaterial" ? new MeshPhysicalMaterial(settings) : new MeshStandardMaterial(settings);
      if (emissive !== undefined) material.emissive = rawColor(emissive);
      return material;
    }
  }
}

function setOpacity(material: Material, said: MaterialSettings | null): void {
  if (said?.opacity === undefined) return;
  material.transparent = true;
  material.opacity = said.opacity;
}
